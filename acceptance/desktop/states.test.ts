/** The states of the window that no other test comes through, as people see them. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { runAdmin } from '../harness/admin-command.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { uploadFile } from '../harness/uploads.ts';
import { type DesktopApp, startApp } from './app.ts';
import { focused } from './keyboard-steps.ts';
import {
  copyLink,
  dismissMessages,
  dragAway,
  fileRow,
  goTo,
  runTool,
  searchFor,
  setUp,
  shoot,
  waitForStatus,
} from './steps.ts';

/** Each test goes on where the one before it has left the app. */
let instance: Instance;
let user: Account;
let app: DesktopApp;
let temp: string;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  temp = opened.use(await makeTempFolder('desktop-states')).path;
  folder = join(temp, 'Documents');
  await mkdir(join(folder, 'scans'), { recursive: true });
  instance = opened.use(await startInstance());
  user = await registerUser(instance.url);
  app = opened.use(await startApp(join(temp, 'config')));
  await setUp(app, { server: user.server, email: user.email, isNew: false });
  await waitForStatus(app.page, 'Ready');
});
afterAll(() => opened.disposeAsync());

const upload = (path: string, text: string) => uploadFile(user, { path, bytes: Buffer.from(text) });

test('with nothing in it yet, every page says what to do', async () => {
  const { page } = app;
  await page.getByText('Nothing has happened yet').waitFor();
  await shoot(page, 'home-empty');
  await goTo(page, 'My files');
  await page.getByText('No files yet').waitFor();
  await shoot(page, 'files-empty');
  const hint = page.getByText('Drop to upload');
  await dragAway(page, folder, async () => {
    await hint.waitFor();
    await shoot(page, 'files-drop');
  });
  await expect.poll(() => hint.count()).toBe(0);
});

test('a search that finds nothing says how to search', async () => {
  const { page } = app;
  await page.getByLabel('Search files').fill('quarterly figures');
  await page.getByText('No file matches').waitFor();
  expect(await page.getByRole('row').count()).toBe(0);
  await shoot(page, 'files-no-match');
  await page.getByLabel('Search files').fill('');
});

test('a message is seen, reached and read out once, also while a dialog is open, and covers nothing', async () => {
  const { page } = app;
  await upload('letters/draft.txt', 'one');
  await upload('letters/draft.txt', 'two');
  await app.electron.evaluate(({ shell }) => {
    shell.openPath = () => Promise.resolve('no program for it');
  });
  await page.getByText('1 file', { exact: true }).waitFor();
  await fileRow(page, 'draft.txt').click();
  await runTool(page, 'Open');
  const failure = page.getByText('The system could not open it', { exact: false });
  await failure.waitFor();
  await copyLink(page);
  await page.getByText('The link is on the clipboard.', { exact: false }).waitFor();
  await shoot(page, 'files-messages', { isSmall: true });

  await page
    .getByText('The link is on the clipboard.', { exact: false })
    .locator('..')
    .getByRole('button')
    .click();
  await runTool(page, 'Versions…');
  const dialog = page.getByRole('dialog', { name: 'Versions of draft.txt' });
  await dialog.getByRole('button', { name: 'Restore version 1' }).click();
  const restored = page.getByText('That version is the current one again.');
  await restored.waitFor();
  await shoot(page, 'files-message-in-dialog');
  // Read out in the dialog, and not once more when that is closed.
  const isRead = async (): Promise<boolean> =>
    (await page.getByRole('status').filter({ has: restored }).count()) > 0;
  expect(await isRead()).toBe(true);
  await dialog.getByText('Version 3').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await restored.waitFor();
  expect(await isRead()).toBe(false);
  // What failed stays until somebody has seen it.
  await restored.locator('..').getByRole('button', { name: 'Dismiss' }).click();
  await restored.waitFor({ state: 'detached' });
  await failure.locator('..').getByRole('button', { name: 'Dismiss' }).click();
  await failure.waitFor({ state: 'detached' });
});

test('an account that is full says so, and what to do', async () => {
  const { page } = app;
  await goTo(page, 'Settings');
  await app.willChoose(folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await page.getByText(folder, { exact: true }).waitFor();
  expect((await runAdmin(instance, temp, 'quota', user.email, '1K')).code).toBe(0);
  await writeFile(join(folder, 'large.txt'), 'x'.repeat(5_000));
  await goTo(page, 'Home');
  await waitForStatus(page, 'Needs you');
  await page.getByText(/quota/i).first().waitFor();
  await dismissMessages(page);
  await shoot(page, 'home-full');
  expect((await runAdmin(instance, temp, 'quota', user.email, 'none')).code).toBe(0);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await waitForStatus(page, 'Up to date');
});

test('when most of a folder is gone it is asked what is meant', async () => {
  const { page } = app;
  for (let n = 0; n < 60; n += 1) await writeFile(join(folder, 'scans', `${n}.txt`), String(n));
  await page.getByText('61 files', { exact: false }).first().waitFor();
  await waitForStatus(page, 'Up to date');
  // In one step: the first of them alone would be deleted without a question.
  await rename(join(folder, 'scans'), join(temp, 'scans'));
  await page.getByText('gone from this folder', { exact: false }).waitFor();
  await waitForStatus(page, 'Needs you');
  await shoot(page, 'home-held-deletions', { isSmall: true });
  const scans = async () =>
    (await user.get('/files?limit=100&prefix=Documents/scans/', pageSchema)).items.length;
  expect(await scans()).toBe(60);
  await page.getByRole('button', { name: 'Delete them there, too' }).click();
  await expect.poll(scans).toBe(0);
  await waitForStatus(page, 'Up to date');
});

test('signing out is asked for, with what it means', async () => {
  const { page } = app;
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Sign out everywhere…' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'settings-sign-out', { isSmall: true });
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focused(page)).toMatchObject({ name: 'Sign out everywhere…' });
});

test('a message goes by itself, but not while somebody is at it; a failure stays', async () => {
  const { page } = app;
  await goTo(page, 'My files');
  await searchFor(page, 'draft');
  await fileRow(page, 'draft.txt').click();
  // The page's own; the next test has another page.
  await page.clock.install();
  await runTool(page, 'Open');
  const failure = page.getByText('The system could not open it', { exact: false });
  await failure.waitFor();
  await copyLink(page);
  const copied = page.getByText('The link is on the clipboard.', { exact: false });
  await copied.hover();
  await page.clock.runFor(60_000);
  expect([await copied.count(), await failure.count()]).toEqual([1, 1]);
  await page.getByRole('heading', { name: 'My files' }).hover();
  await page.clock.runFor(7_000);
  expect([await copied.count(), await failure.count()]).toEqual([1, 1]);
  await copied.locator('..').getByRole('button', { name: 'Dismiss' }).focus();
  await page.clock.runFor(60_000);
  expect([await copied.count(), await failure.count()]).toEqual([1, 1]);
  await page.getByLabel('Search files').focus();
  await page.clock.runFor(9_000);
  expect([await copied.count(), await failure.count()]).toEqual([0, 1]);
  await failure.locator('..').getByRole('button', { name: 'Dismiss' }).click();
});

test('started while the server is away, the list says that it can not be fetched', async () => {
  await app[Symbol.asyncDispose]();
  instance.pressCtrlC();
  await instance.exited;
  app = opened.use(await startApp(join(temp, 'config')));
  await waitForStatus(app.page, 'Offline');
  await goTo(app.page, 'My files');
  await app.page.getByText("The list can't be fetched right now").waitFor();
  // Nobody knows how many there are.
  expect(await app.page.getByText(/^\d+ files?$/).count()).toBe(0);
  await shoot(app.page, 'files-offline');
});
