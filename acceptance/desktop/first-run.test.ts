/** What the first run shows while all goes well and while it does not, as people see it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { PASSWORD, registerUser } from '../harness/account.ts';
import { openStranger } from '../harness/stranger.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { shoot, waitForStatus } from './steps.ts';

test('each step says what is wrong beside what it asks for, and goes on from there', async () => {
  await using temp = await makeTempFolder('desktop-first');
  await using stranger = await openStranger();
  const user = await registerUser(inject('server'));
  const folder = join(temp.path, 'Documents');
  await mkdir(folder);
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  const address = page.getByLabel('Server address');
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  await shoot(page, 'setup-server', { isSmall: true });
  await address.fill(stranger.url);
  await page.getByText('but it is no Instashare server', { exact: false }).waitFor();
  await shoot(page, 'setup-server-other');
  await address.fill('http://127.0.0.1:1');
  await page.getByText("Can't reach http://127.0.0.1:1").waitFor();
  await shoot(page, 'setup-server-unreachable');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText("Can't reach http://127.0.0.1:1").waitFor();
  await address.fill(user.server);
  await page.getByText(/^Instashare \S+ answers at/).waitFor();
  await shoot(page, 'setup-server-found');
  await address.press('Enter');

  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByLabel('Password').press('Enter');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'setup-account-refused');
  await page.getByRole('button', { name: 'Make an account' }).click();
  await page.getByLabel('Password').fill(PASSWORD);
  // That there was a wrong password has nothing to do with a new account.
  expect(await page.getByRole('alert').count()).toBe(0);
  await shoot(page, 'setup-account', { isSmall: true });
  await page.getByRole('button', { name: 'I have an account' }).click();
  await page.getByRole('button', { name: 'Log in', exact: true }).click();

  await page.getByRole('heading', { name: 'What shall be uploaded?' }).waitFor();
  await app.willChoose(folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await page.getByText(folder, { exact: true }).waitFor();
  await shoot(page, 'setup-folders', { isSmall: true });
  await page.getByRole('button', { name: 'Start' }).click();
  await waitForStatus(page, 'Up to date');
});
