import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Account, registerUser } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { type DesktopApp, startApp } from './app.ts';
import { uploadTexts } from './other-device.ts';
import {
  dismissMessages,
  drop,
  fileRow,
  goTo,
  resize,
  runTool,
  searchFor,
  setUp,
  shoot,
  waitForStatus,
} from './steps.ts';

const sharesSchema = z.object({ items: z.array(z.object({ expiresAt: z.string().nullable() })) });

const TEXT = 'The quick brown fox jumps over the lazy dog.\n'.repeat(2000);

/** One person with one app: each test has a folder of its own on the server. */
let user: Account;
let app: DesktopApp;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  folder = opened.use(await makeTempFolder('desktop')).path;
  user = await registerUser(inject('server'));
  app = opened.use(await startApp(join(folder, 'config')));
  await setUp(app, { server: user.server, email: user.email, isNew: false });
  await waitForStatus(app.page, 'Ready');
  await goTo(app.page, 'My files');
});
afterAll(() => opened.disposeAsync());

async function pathsIn(below: string): Promise<string[]> {
  const { items } = await user.get(`/files?limit=1000&prefix=${encodeURIComponent(below)}`, pageSchema);
  return items.map(({ path }) => path);
}

const search = (text: string): Promise<void> => searchFor(app.page, text);

test('found, sorted, downloaded and verified', async () => {
  await uploadTexts(user, {
    'found/notes/fox.txt': TEXT,
    'found/notes/short.txt': 'short',
    'found/beach.txt': 'sand',
  });
  const { page } = app;
  await search('found');
  await page.getByText('3 files', { exact: true }).waitFor();
  await fileRow(page, 'fox.txt').getByText('Verified').waitFor();
  await shoot(page, 'files');
  await page.getByRole('button', { name: 'Size' }).click();
  await page.getByRole('button', { name: 'Size' }).click();
  await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('fox.txt');
  await search('NOTES fox');
  await page.getByText('1 file', { exact: true }).waitFor();
  await fileRow(page, 'fox.txt').click();
  const target = join(folder, 'target');
  await mkdir(target);
  await writeFile(join(target, 'fox.txt'), 'was here before');
  await app.willChoose(target);
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
  await search('nothing like it');
  await page.getByText('No file matches').waitFor();
});

test('renamed, deleted, brought back, and an old version restored', async () => {
  await uploadTexts(user, { 'edit/draft.txt': 'one', 'edit/taken.txt': 'x' });
  const { page } = app;
  await uploadTexts(user, { 'edit/draft.txt': 'two' });
  await search('edit');
  await fileRow(page, 'draft.txt').click();
  await dismissMessages(page);
  await runTool(page, 'Rename or move…');
  await page.getByLabel('Path on the server').fill('edit/taken.txt');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('button', { name: /^Use edit.taken/ }).waitFor();
  await shoot(page, 'files-rename');
  await page.getByLabel('Path on the server').fill('edit/letters/final.txt');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await fileRow(page, 'final.txt').waitFor();
  expect(await pathsIn('edit/')).toEqual(['edit/letters/final.txt', 'edit/taken.txt']);

  await runTool(page, 'Versions…');
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('Version 3').waitFor();
  await shoot(page, 'files-versions');
  await page.getByRole('button', { name: 'Close' }).click();

  await fileRow(page, 'final.txt').click();
  await runTool(page, 'Delete');
  await page.getByText('1 file moved to the trash.').waitFor();
  expect(await pathsIn('edit/')).toEqual(['edit/taken.txt']);
  await page.getByRole('button', { name: 'Undo' }).click();
  // The row may still be the one that was deleted.
  await expect.poll(() => pathsIn('edit/')).toEqual(['edit/letters/final.txt', 'edit/taken.txt']);
  await fileRow(page, 'final.txt').waitFor();
});

test('a link that works is on the clipboard, and what another device uploads appears by itself', async () => {
  await uploadTexts(user, { 'live/shared.txt': 'for you' });
  const { page } = app;
  await search('live');
  await fileRow(page, 'shared.txt').click();
  await runTool(page, 'Copy link…');
  await page.getByRole('dialog').getByLabel('7 days').check();
  await shoot(page, 'files-link');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('The link is on the clipboard.', { exact: false }).waitFor();
  const link = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  const { items } = await user.get('/shares', sharesSchema);
  const daysLeft = (Date.parse(items[0]?.expiresAt ?? '') - Date.now()) / (24 * 60 * 60 * 1000);
  expect(Math.round(daysLeft)).toBe(7);
  expect(await (await fetch(link, { headers: { accept: 'text/html' } })).text()).toContain('shared.txt');
  await uploadTexts(user, { 'live/from-elsewhere.txt': 'hello' });
  await fileRow(page, 'from-elsewhere.txt').waitFor();
  await user.send(
    'DELETE',
    `/files/${(await user.get('/files?prefix=live/from', pageSchema)).items[0]?.id ?? ''}`,
  );
  await fileRow(page, 'from-elsewhere.txt').waitFor({ state: 'detached' });
});

test('files that are dropped onto the window are uploaded, folders with all that is in them', async () => {
  const dropped = join(folder, 'Trip');
  await mkdir(join(dropped, 'day 1'), { recursive: true });
  await writeFile(join(dropped, 'plan.txt'), 'go');
  await writeFile(join(dropped, 'day 1', 'sea.txt'), 'sea');
  await search('trip');
  await drop(app.page, dropped);
  await fileRow(app.page, 'sea.txt').waitFor();
  await fileRow(app.page, 'plan.txt').waitFor();
  expect(await pathsIn('Trip/')).toEqual(['Trip/day 1/sea.txt', 'Trip/plan.txt']);
});

test('as small as the window gets everything can be reached, and nothing is cut off', async () => {
  const { page } = app;
  await search('');
  await dismissMessages(page);
  // Smaller than it lets itself be made.
  await resize(app, [100, 100]);
  expect(await page.evaluate('[innerWidth, innerHeight]')).toEqual([420, 480]);
  for (const place of ['Home', 'My files', 'Settings'] as const) {
    await goTo(page, place);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shoot(page, `small-${place.toLowerCase().replace(' ', '-')}`);
  }
  await resize(app, null);
});
