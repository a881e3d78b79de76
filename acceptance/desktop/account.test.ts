import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { PASSWORD, registerUser } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { goTo, setUp, shoot, waitForStatus } from './steps.ts';

test('a log-in that was ended is asked for once and everything goes on; signing out forgets it', async () => {
  await using temp = await makeTempFolder('desktop');
  const user = await registerUser(inject('server'));
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  await setUp(app, { server: user.server, email: user.email, isNew: false });
  await waitForStatus(page, 'Ready');
  expect((await user.send('POST', '/sessions/revoke_others')).status).toBe(200);
  await waitForStatus(page, 'Needs you');
  await shoot(page, 'home-log-in-again');
  await page.getByLabel(`Password of ${user.email}`).fill('wrong password');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await shoot(page, 'home-log-in-refused');
  await page.getByLabel(`Password of ${user.email}`).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await waitForStatus(page, 'Ready');

  await goTo(page, 'Settings');
  await shoot(page, 'settings');
  await page.getByLabel('Dark').check();
  await until('the dark page', () =>
    page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches || null"),
  );
  const session = join(temp.path, 'config', 'desktop', 'session');
  expect((await stat(session)).mode & 0o077).toBe(0);
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await expect(stat(session)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('folders that one account has chosen do not go to the next one that logs in', async () => {
  await using temp = await makeTempFolder('desktop-two');
  const server = inject('server');
  const [first, second] = [await registerUser(server), await registerUser(server)];
  const folder = join(temp.path, 'Mine');
  await mkdir(folder);
  await writeFile(join(folder, 'mine.txt'), 'mine');
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  await setUp(app, { server, email: first.email, isNew: false, folder });
  await waitForStatus(page, 'Up to date');
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();

  await page.getByLabel('E-mail address').fill(second.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  // The folder is shown, and goes nowhere before somebody says that it is meant.
  await page.getByRole('heading', { name: 'What shall be uploaded?' }).waitFor();
  await page.getByText(folder, { exact: true }).waitFor();
  await delay(3_000);
  expect(await second.get('/files', pageSchema)).toMatchObject({ items: [] });
  await page.getByRole('button', { name: 'Start' }).click();
  await waitForStatus(page, 'Up to date');
  expect(await second.get('/files', pageSchema)).toMatchObject({ items: [{ path: 'Mine/mine.txt' }] });
});
