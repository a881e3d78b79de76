import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { sha256Of } from '../harness/uploads.ts';
import { startApp } from './app.ts';
import { drop, goTo, setUp, waitForStatus } from './steps.ts';

/** Some 20 seconds for all of it. */
const SLOWLY = 20_000;
const NAMES = ['one.bin', 'two.bin', 'three.bin', 'four.bin', 'five.bin', 'day 1/gone.bin'];

test('killed in the middle of what was dropped, it goes on at the next start; what is gone by then is told', async () => {
  await using temp = await makeTempFolder('desktop-dropped');
  const config = join(temp.path, 'config');
  const settings = join(config, 'desktop', 'settings.json');
  const limitTo = async (uploadBytesPerSecond: number | null) => {
    const kept: unknown = JSON.parse(await readFile(settings, 'utf8').catch(() => '{}'));
    await writeFile(settings, JSON.stringify(Object.assign({}, kept, { uploadBytesPerSecond })));
  };
  await mkdir(join(config, 'desktop'), { recursive: true });
  await limitTo(SLOWLY);
  const dropped = join(temp.path, 'Trip');
  await mkdir(join(dropped, 'day 1'), { recursive: true });
  const sums = new Map<string, string>();
  for (const name of NAMES) {
    const bytes = randomBytes(70_000);
    sums.set(`Trip/${name}`, sha256Of(bytes));
    await writeFile(join(dropped, name), bytes);
  }
  const user = await registerUser(inject('server'));
  const stored = async () => {
    const { items } = await user.get('/files?limit=1000', pageSchema);
    return new Map(items.map(({ path, sha256 }) => [path, sha256]));
  };
  const gone = 'Trip/day 1/gone.bin';
  {
    await using app = await startApp(config);
    await setUp(app, { server: user.server, email: user.email, isNew: false });
    await waitForStatus(app.page, 'Ready');
    await goTo(app.page, 'My files');
    await drop(app.page, dropped);
    await goTo(app.page, 'Home');
    await app.page
      .getByRole('region', { name: 'Transfers' })
      .getByText('Trip/', { exact: false })
      .nth(5)
      .waitFor();
    await app.kill();
  }
  // The crash left it half done.
  expect((await stored()).size).toBeLessThan(NAMES.length);
  await rm(join(temp.path, gone));
  await limitTo(null);
  {
    await using app = await startApp(config);
    const problems = app.page.getByRole('region', { name: 'Problems' });
    await problems.getByText('It is not there any more', { exact: false }).waitFor();
    sums.delete(gone);
    await until('what was dropped', async () => ((await stored()).size === sums.size ? true : null));
    expect(await stored()).toEqual(sums);
    await app.kill();
  }
  await using app = await startApp(config);
  const problems = app.page.getByRole('region', { name: 'Problems' });
  await problems.getByRole('button', { name: `Try again: ${gone}` }).waitFor();
  await goTo(app.page, 'Settings');
  await app.page.getByRole('button', { name: 'Sign out…' }).click();
  await app.page
    .getByRole('dialog')
    .getByText('is not uploaded yet is forgotten', { exact: false })
    .waitFor();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await goTo(app.page, 'Home');
  await problems.getByRole('button', { name: `Dismiss ${gone}` }).click();
  await problems.waitFor({ state: 'detached' });
  // Nothing is remembered of it.
  const journals = (await readdir(join(config, 'desktop'))).filter((name) => name.startsWith('dropped-'));
  expect(journals).toHaveLength(1);
  expect(await readFile(join(config, 'desktop', journals[0] ?? ''), 'utf8')).toBe('');
});
