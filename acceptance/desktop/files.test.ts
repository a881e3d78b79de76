import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Account, PASSWORD, registerUser } from '../harness/account.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { postFiles } from '../harness/uploads.ts';
import { type DesktopApp, startApp } from './app.ts';
import { fileRow, goTo, runTool, setUp, shoot, waitForStatus } from './steps.ts';

let server: Instance;
beforeAll(async () => {
  server = await startInstance();
});
afterAll(() => server[Symbol.asyncDispose]());

const TEXT = 'The quick brown fox jumps over the lazy dog.\n'.repeat(2000);

/** As another device does. */
async function upload(user: Account, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const form = new FormData();
    const at = path.lastIndexOf('/');
    if (at !== -1) form.append('path', path.slice(0, at));
    form.append('file', new Blob([text]), path.slice(at + 1));
    await postFiles(user, form);
  }
}

interface Scene extends AsyncDisposable {
  readonly user: Account;
  readonly app: DesktopApp;
  readonly folder: string;
}

/** Somebody with files, logged in with the app, who looks at them. */
async function lookAtFiles(files: Readonly<Record<string, string>>): Promise<Scene> {
  await using made = new AsyncDisposableStack();
  const temp = made.use(await makeTempFolder('desktop'));
  const user = await registerUser(server.url);
  await upload(user, files);
  const app = made.use(await startApp(join(temp.path, 'config')));
  await setUp(app, { server: server.url, email: user.email, isNew: false });
  await waitForStatus(app.page, 'Ready');
  await goTo(app.page, 'My files');
  const all = made.move();
  return { user, app, folder: temp.path, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const pathsOf = async (user: Account) =>
  (await user.get('/files?limit=1000', pageSchema)).items.map(({ path }) => path);

test('found, sorted, downloaded and verified', async () => {
  await using scene = await lookAtFiles({
    'notes/fox.txt': TEXT,
    'notes/short.txt': 'short',
    'beach.txt': 'sand',
  });
  const { page } = scene.app;
  await fileRow(page, 'fox.txt').getByText('Verified').waitFor();
  await shoot(page, 'files');
  await page.getByRole('button', { name: 'Size' }).click();
  await page.getByRole('button', { name: 'Size' }).click();
  expect(await page.getByRole('row').nth(1).textContent()).toContain('fox.txt');
  await page.getByLabel('Search files').fill('NOTES fox');
  await page.getByText('1 file', { exact: true }).waitFor();
  await fileRow(page, 'fox.txt').click();
  const target = join(scene.folder, 'target');
  await mkdir(target);
  await writeFile(join(target, 'fox.txt'), 'was here before');
  await scene.app.willChoose(target);
  await runTool(page, 'Download…');
  const got = join(target, 'fox (2).txt');
  await until('the download', () =>
    stat(got).then(
      () => true,
      () => null,
    ),
  );
  expect(
    createHash('sha256')
      .update(await readFile(got))
      .digest('hex'),
  ).toBe(createHash('sha256').update(TEXT).digest('hex'));
  expect(await readFile(join(target, 'fox.txt'), 'utf8')).toBe('was here before');
  expect((await readdir(target)).toSorted()).toEqual(['fox (2).txt', 'fox.txt']);
  await page.getByLabel('Search files').fill('nothing like it');
  await page.getByText('No file matches').waitFor();
});

test('renamed, deleted, brought back, and an old version restored', async () => {
  await using scene = await lookAtFiles({ 'draft.txt': 'one', 'taken.txt': 'x' });
  const { user, app } = scene;
  const { page } = app;
  await upload(user, { 'draft.txt': 'two' });
  await fileRow(page, 'draft.txt').click();
  await runTool(page, 'Rename or move…');
  await page.getByLabel('Path on the server').fill('taken.txt');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('button', { name: /^Use taken/ }).waitFor();
  await shoot(page, 'files-rename');
  await page.getByLabel('Path on the server').fill('letters/final.txt');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await fileRow(page, 'final.txt').waitFor();
  expect(await pathsOf(user)).toEqual(['letters/final.txt', 'taken.txt']);

  await runTool(page, 'Versions…');
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('Version 3').waitFor();
  await shoot(page, 'files-versions');
  await page.getByRole('button', { name: 'Close' }).click();

  await fileRow(page, 'final.txt').click();
  await runTool(page, 'Delete');
  await page.getByText('1 file moved to the trash.').waitFor();
  expect(await pathsOf(user)).toEqual(['taken.txt']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await fileRow(page, 'final.txt').waitFor();
  expect(await pathsOf(user)).toEqual(['letters/final.txt', 'taken.txt']);
});

test('a link that works is on the clipboard, and what another device uploads appears by itself', async () => {
  await using scene = await lookAtFiles({ 'shared.txt': 'for you' });
  const { user, app } = scene;
  const { page } = app;
  await fileRow(page, 'shared.txt').click();
  await runTool(page, 'Copy link');
  await page.getByText('The link is on the clipboard.', { exact: false }).waitFor();
  const link = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(await (await fetch(link, { headers: { accept: 'text/html' } })).text()).toContain('shared.txt');
  await upload(user, { 'from-elsewhere.txt': 'hello' });
  await fileRow(page, 'from-elsewhere.txt').waitFor();
  await user.send('DELETE', `/files/${(await user.get('/files', pageSchema)).items[0]?.id ?? ''}`);
  await fileRow(page, 'from-elsewhere.txt').waitFor({ state: 'detached' });
});

test('files that are dropped onto the window are uploaded, folders with all that is in them', async () => {
  await using scene = await lookAtFiles({ 'there.txt': 'x' });
  const { user, app, folder } = scene;
  const dropped = join(folder, 'Trip');
  await mkdir(join(dropped, 'day 1'), { recursive: true });
  await writeFile(join(dropped, 'plan.txt'), 'go');
  await writeFile(join(dropped, 'day 1', 'sea.txt'), 'sea');
  const devtools = await app.page.context().newCDPSession(app.page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [dropped], dragOperationsMask: 1 };
    await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await fileRow(app.page, 'sea.txt').waitFor();
  await fileRow(app.page, 'plan.txt').waitFor();
  expect(await pathsOf(user)).toEqual(['Trip/day 1/sea.txt', 'Trip/plan.txt', 'there.txt']);
});

test('a log-in that was ended is asked for once, and everything goes on', async () => {
  await using scene = await lookAtFiles({ 'a.txt': 'x' });
  const { user, app } = scene;
  const { page } = app;
  await goTo(page, 'Home');
  expect((await user.send('POST', '/sessions/revoke_others')).status).toBe(200);
  await waitForStatus(page, 'Needs you');
  await shoot(page, 'home-log-in-again');
  await page.getByLabel(`Password of ${user.email}`).fill('wrong password');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel(`Password of ${user.email}`).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await waitForStatus(page, 'Ready');
});

test('settings: dark, rules, and signing out forgets the log-in', async () => {
  await using scene = await lookAtFiles({ 'a.txt': 'x' });
  const { app, folder } = scene;
  const { page } = app;
  await goTo(page, 'Settings');
  await shoot(page, 'settings');
  await page.getByLabel('Dark').check();
  await until('the dark page', () =>
    page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches || null"),
  );
  const session = join(folder, 'config', 'desktop', 'session');
  expect((await stat(session)).mode & 0o077).toBe(0);
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await expect(stat(session)).rejects.toMatchObject({ code: 'ENOENT' });
});
