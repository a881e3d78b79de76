import { appendFile, link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { setUp, waitForStatus } from './steps.ts';

/** Long enough for a small file to be stored, had somebody told of it. */
const NOT_YET_MS = 2_500;

test('what changed while the computer slept is found when it wakes, though nothing told of it', async () => {
  await using temp = await makeTempFolder('desktop-sleep');
  const folder = join(temp.path, 'Documents');
  const elsewhere = join(temp.path, 'elsewhere.txt');
  await mkdir(folder);
  await writeFile(elsewhere, 'before');
  // The system tells of a write by the name that it was written by, and that one does not lie in the folder.
  await link(elsewhere, join(folder, 'letter.txt'));
  const user = await registerUser(inject('server'));
  await using app = await startApp(join(temp.path, 'config'));
  await setUp(app, { server: user.server, email: user.email, isNew: false, folder });
  await waitForStatus(app.page, 'Up to date');
  const version = async () => (await user.get('/files', pageSchema)).items[0]?.version;
  expect(await version()).toBe(1);
  await appendFile(elsewhere, ' and after');
  await delay(NOT_YET_MS);
  expect(await version()).toBe(1);
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await until('the change', async () => ((await version()) === 2 ? true : null));
  await waitForStatus(app.page, 'Up to date');
});
