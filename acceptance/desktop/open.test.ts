import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSHandle } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { postFiles } from '../harness/uploads.ts';
import { type DesktopApp, startApp } from './app.ts';
import { openRelay, type Relay } from './relay.ts';
import { dismissMessages, fileRow, goTo, runTool, setUp, shoot, waitForStatus } from './steps.ts';

const SLOWLY = 500_000;

/** As another device does. */
async function upload(path: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const form = new FormData();
  const at = path.lastIndexOf('/');
  if (at !== -1) form.append('path', path.slice(0, at));
  form.append('file', new Blob([content]), path.slice(at + 1));
  await postFiles(user, form);
}

let instance: Instance;
let relay: Relay;
let user: Account;
let app: DesktopApp;
/** What the app asks of the system, which is not here to be asked. */
let system: JSHandle<string[][]>;
let folder: string;
let copies: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  const temp = opened.use(await makeTempFolder('desktop-open')).path;
  folder = join(temp, 'Documents');
  copies = join(temp, 'config', 'desktop', 'opened');
  await mkdir(folder);
  await writeFile(join(folder, 'report.txt'), 'as it is here');
  await writeFile(join(folder, 'backup.sh'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  instance = opened.use(await startInstance());
  relay = opened.use(await openRelay(instance.url));
  user = await registerUser(instance.url);
  await mkdir(copies, { recursive: true });
  await writeFile(join(copies, 'left-by-a-crash.txt'), 'old');
  app = opened.use(await startApp(join(temp, 'config')));
  system = await app.electron.evaluateHandle(({ shell }) => {
    const calls: string[][] = [];
    shell.openPath = (path) => {
      calls.push(['open', path]);
      return Promise.resolve(path.endsWith('.unknown') ? 'no program for it' : '');
    };
    shell.showItemInFolder = (path) => void calls.push(['show', path]);
    return calls;
  });
  await setUp(app, { server: relay.url, email: user.email, isNew: false, folder });
  await waitForStatus(app.page, 'Up to date');
  await goTo(app.page, 'My files');
});
afterAll(() => opened.disposeAsync());

/** What the system was asked for since this was asked last. */
const asked = (): Promise<string[][]> => system.evaluate((calls) => calls.splice(0));
beforeEach(asked);

async function askedOnce(): Promise<string[]> {
  let seen: string[][] = [];
  await expect.poll(async () => (seen = [...seen, ...(await asked())]).length).toBe(1);
  return seen[0] ?? [];
}

test('what a crash has left is gone', async () => {
  await expect(stat(copies)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the file itself is opened where a folder of this device has it, by Enter, a double click or the button', async () => {
  const { page } = app;
  const local = ['open', join(folder, 'report.txt')];
  await fileRow(page, 'report.txt').dblclick();
  expect(await askedOnce()).toEqual(local);
  await page.getByRole('grid', { name: 'Files' }).press('Enter');
  expect(await askedOnce()).toEqual(local);
  await fileRow(page, 'report.txt').click();
  await runTool(page, 'Open');
  expect(await askedOnce()).toEqual(local);
});

test('what another device has changed is opened as a copy, verified, private and only to be read', async () => {
  const { page } = app;
  await upload('Documents/report.txt', 'as another device has it');
  await fileRow(page, 'report.txt').dblclick();
  const [, path = ''] = await askedOnce();
  await page
    .getByText('You see a copy of report.txt. Changes that you make to it are not uploaded.')
    .waitFor();
  await shoot(page, 'files-opened');
  expect(path.startsWith(copies)).toBe(true);
  expect(path.endsWith('/report.txt')).toBe(true);
  expect(await readFile(path, 'utf8')).toBe('as another device has it');
  expect((await stat(path)).mode & 0o777).toBe(0o400);
  for (const place of [copies, join(path, '..')]) expect((await stat(place)).mode & 0o777).toBe(0o700);
  expect(await readFile(join(folder, 'report.txt'), 'utf8')).toBe('as it is here');
  // The same copy the next time, unless somebody has been at it.
  await fileRow(page, 'report.txt').dblclick();
  expect(await askedOnce()).toEqual(['open', path]);
});

test('what may run code is never opened: it is shown in its folder, after a download if it was not here', async () => {
  const { page } = app;
  await fileRow(page, 'backup.sh').dblclick();
  expect(await askedOnce()).toEqual(['show', join(folder, 'backup.sh')]);
  await page.getByText('backup.sh can run code on this computer', { exact: false }).waitFor();

  await dismissMessages(page);
  await upload('tools/setup.exe', 'MZ, or so it says');
  await fileRow(page, 'setup.exe').dblclick();
  const dialog = page.getByRole('dialog', { name: 'setup.exe is not opened from here' });
  await dialog.waitFor();
  await shoot(page, 'files-not-opened');
  const target = join(folder, '..', 'target');
  await mkdir(target);
  await app.willChoose(target);
  await dialog.getByRole('button', { name: 'Download and show…' }).click();
  expect(await askedOnce()).toEqual(['show', join(target, 'setup.exe')]);
  expect((await stat(join(target, 'setup.exe'))).mode & 0o111).toBe(0);

  // A program by what is in it, whatever it is called.
  await upload('tools/notes', '\u007fELF and so on');
  await fileRow(page, 'notes').dblclick();
  const other = page.getByRole('dialog', { name: 'notes is not opened from here' });
  await other.getByRole('button', { name: 'Cancel' }).click();
  expect(await asked()).toEqual([]);
});

test('a download shows how far it is, and can be called off', async () => {
  const { page } = app;
  await upload(
    'film.mkv',
    new Uint8Array(3_000_000).map((_, index) => (index * index * 7) % 251),
  );
  await fileRow(page, 'film.mkv').waitFor();
  relay.bytesPerSecond = SLOWLY;
  await fileRow(page, 'film.mkv').dblclick();
  await dismissMessages(page);
  const bar = page.getByRole('progressbar', { name: 'Fetching film.mkv' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(5);
  await shoot(page, 'files-opening');
  // Nothing would take it up again: quitting asks first.
  const question = await app.electron.evaluate(({ app: electron, dialog }) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    dialog.showMessageBox = (options: unknown) => {
      resolve(JSON.stringify(options));
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
    electron.quit();
    return promise;
  });
  expect(question).toContain('1 file that you asked for is not here yet');
  await page.getByRole('button', { name: 'Cancel film.mkv' }).click();
  await bar.waitFor({ state: 'detached' });
  expect(await asked()).toEqual([]);
  relay.bytesPerSecond = null;
  await fileRow(page, 'film.mkv').dblclick();
  expect((await askedOnce())[0]).toBe('open');
});

test('what the system can not open is told, and with the server away only what is here is opened', async () => {
  const { page } = app;
  await upload('odd.unknown', 'what is this');
  await fileRow(page, 'odd.unknown').dblclick();
  await page.getByText('odd.unknown: The system could not open it: no program for it').waitFor();
  await writeFile(join(folder, 'here.txt'), 'here');
  await fileRow(page, 'here.txt').waitFor();
  await asked();
  instance.pressCtrlC();
  await instance.exited;
  await fileRow(page, 'here.txt').dblclick();
  expect(await askedOnce()).toEqual(['open', join(folder, 'here.txt')]);
  await fileRow(page, 'setup.exe').dblclick();
  await page
    .getByText("setup.exe: The server can't be reached, and this file is in no folder of this computer")
    .waitFor();
});

test('when the app quits its copies are gone', async () => {
  expect((await readdir(copies)).length).toBeGreaterThan(0);
  const ended = once(app.electron.process(), 'exit');
  await app.electron.evaluate(({ app: electron }) => electron.quit());
  await ended;
  await expect(stat(copies)).rejects.toMatchObject({ code: 'ENOENT' });
});
