import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { freshEmail, logIn } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { fileRow, goTo, runTool, setUp, waitForStatus } from './steps.ts';

test('two devices of one account: each sees what the other uploads, and touches nothing of it', async () => {
  await using temp = await makeTempFolder('desktop-devices');
  const email = freshEmail();
  const server = inject('server');
  const [laptop, desk] = [join(temp.path, 'Laptop'), join(temp.path, 'Desk')];
  for (const folder of [laptop, desk]) await mkdir(folder);
  await writeFile(join(laptop, 'trip.txt'), 'by sea');
  await writeFile(join(desk, 'bill.txt'), 'paid');
  await using first = await startApp(join(temp.path, 'config-laptop'));
  await setUp(first, { server, email, isNew: true, folder: laptop });
  await waitForStatus(first.page, 'Up to date');
  await using second = await startApp(join(temp.path, 'config-desk'));
  await setUp(second, { server, email, isNew: false, folder: desk });
  await waitForStatus(second.page, 'Up to date');

  await goTo(first.page, 'My files');
  await fileRow(first.page, 'bill.txt').waitFor();
  await goTo(second.page, 'My files');
  await fileRow(second.page, 'trip.txt').click();
  await runTool(second.page, 'Delete');
  await fileRow(first.page, 'trip.txt').waitFor({ state: 'detached' });
  // The other's own file is as it was, and goes up again once it is changed.
  expect(await readFile(join(laptop, 'trip.txt'), 'utf8')).toBe('by sea');
  await appendFile(join(laptop, 'trip.txt'), ' and by air');
  await fileRow(second.page, 'trip.txt').waitFor();

  await rm(join(desk, 'bill.txt'));
  await fileRow(first.page, 'bill.txt').waitFor({ state: 'detached' });
  const user = await logIn(server, email);
  await until('what is left', async () => {
    const { items } = await user.get('/files', pageSchema);
    return items.map(({ path }) => path).join() === 'Laptop/trip.txt' ? true : null;
  });
});
