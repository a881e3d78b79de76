import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { pageSchema, trashSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { type DesktopApp, startApp } from './app.ts';
import { whileEngineStands } from './engine-process.ts';
import { uploadTexts } from './other-device.ts';
import { fileRow, goTo, runTool, searchFor, setUp, shoot, waitForStatus } from './steps.ts';

/** More than one page of the list, of the API, and of what it takes at once. */
const MANY = 1_200;

let user: Account;
let app: DesktopApp;
let page: Page;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  folder = opened.use(await makeTempFolder('desktop-selection')).path;
  user = await registerUser(inject('server'));
  const names = Array.from({ length: MANY }, (_, index) => `many/n${String(index).padStart(4, '0')}.txt`);
  await uploadTexts(user, Object.fromEntries(names.map((name) => [name, name])));
  await uploadTexts(user, { 'few/b.txt': 'b', 'few/c.txt': 'c', 'few/d.txt': 'd', 'few/e.txt': 'e' });
  app = opened.use(await startApp(join(folder, 'config')));
  page = app.page;
  await setUp(app, { server: user.server, email: user.email, isNew: false });
  await waitForStatus(page, 'Ready');
  await goTo(page, 'My files');
});
afterAll(() => opened.disposeAsync());

const counted = (text: string): Promise<void> =>
  page.getByRole('status').getByText(text, { exact: true }).waitFor();

/** Searched for and seen: what was there before is not taken for it. */
async function search(text: string, count: string): Promise<void> {
  await searchFor(page, text);
  await counted(count);
}

async function expectSelected(...names: readonly string[]): Promise<void> {
  await counted(`${names.length} selected`);
  const rows = page.getByRole('row', { selected: true });
  await expect.poll(() => rows.locator('.file-name').allTextContents()).toEqual(names);
}

async function filesBelow(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => relative(place, join(parentPath, name)))
    .toSorted();
}

async function countIn(below: string): Promise<number> {
  let count = 0;
  let cursor = '';
  do {
    const query = `limit=1000&prefix=${encodeURIComponent(below)}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { items, nextCursor } = await user.get(`/files?${query}`, pageSchema);
    count += items.length;
    cursor = nextCursor ?? '';
  } while (cursor !== '');
  return count;
}

test('while a search is not answered yet, nothing of what it does not show can be chosen, deleted or renamed', async () => {
  await search('few', '4 files');
  await whileEngineStands(app, async () => {
    await page.getByLabel('Search files').fill('few/e');
    const list = page.getByRole('grid', { name: 'Files' });
    for (const key of ['End', 'Delete', 'Home', 'F2', 'Enter', 'Control+a', 'Delete']) await list.press(key);
    await fileRow(page, 'c.txt').click();
    await page.keyboard.press('Delete');
    expect(await page.getByRole('row', { selected: true }).count()).toBe(0);
    expect(await list.getAttribute('aria-busy')).toBe('true');
  });
  await counted('1 file');
  await page.getByRole('grid').press('End');
  await expectSelected('e.txt');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await countIn('few/')).toBe(4);
});

test('ranges are selected by Shift, by mouse and by keyboard', async () => {
  await search('few', '4 files');
  await fileRow(page, 'c.txt').click();
  await fileRow(page, 'e.txt').click({ modifiers: ['Shift'] });
  await expectSelected('c.txt', 'd.txt', 'e.txt');
  // It turns around where it began.
  await fileRow(page, 'b.txt').click({ modifiers: ['Shift'] });
  await expectSelected('b.txt', 'c.txt');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expectSelected('c.txt', 'd.txt', 'e.txt');
  await fileRow(page, 'd.txt').click({ modifiers: ['Control'] });
  await expectSelected('c.txt', 'e.txt');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('row', { selected: true }).count()).toBe(0);
});

test('a range begins at the file that was clicked, also when others have come before it meanwhile', async () => {
  await search('few', '4 files');
  await fileRow(page, 'c.txt').click();
  await uploadTexts(user, { 'few/a.txt': 'a' });
  await fileRow(page, 'a.txt').waitFor();
  await fileRow(page, 'e.txt').click({ modifiers: ['Shift'] });
  await expectSelected('c.txt', 'd.txt', 'e.txt');
});

test('F2 renames, from where the name is selected', async () => {
  await search('few', '5 files');
  await fileRow(page, 'b.txt').click();
  await page.keyboard.press('F2');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('renamed');
  await page.keyboard.press('Enter');
  await fileRow(page, 'renamed.txt').waitFor();
  await expectSelected('renamed.txt');
  // As it is named now, and not for several at once.
  await page.keyboard.press('F2');
  expect(await page.getByLabel('Path on the server').inputValue()).toBe('few/renamed.txt');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await counted('5 selected');
  await page.keyboard.press('F2');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('the end of a long list is selected, though it was not in view; what is searched for anew begins at its top', async () => {
  await search('many', '1,200 files');
  await page.getByRole('grid').press('End');
  await expectSelected('n1199.txt');
  await page.keyboard.press('Shift+ArrowUp');
  await expectSelected('n1198.txt', 'n1199.txt');
  await search('many n', '1,200 files');
  await fileRow(page, 'n0000.txt').waitFor();
});

test('all that match are downloaded, however many', async () => {
  const target = join(folder, 'target');
  await mkdir(target);
  await search('many', '1,200 files');
  await page.getByRole('grid').press('Control+a');
  await counted('1,200 selected');
  await shoot(page, 'files-all-selected');
  await app.willChoose(target);
  await runTool(page, 'Download…');
  await page.getByText('Downloading 1,200 files.', { exact: false }).waitFor();
  const arrived = async () => (await readdir(target)).length;
  await expect.poll(arrived, { timeout: 120_000 }).toBe(MANY);
});

test('files of several folders keep them when they are downloaded, from the folder that all of them lie in', async () => {
  const target = join(folder, 'target of several');
  await mkdir(target);
  const texts = {
    'trip/day one/docs/a.txt': 'doc',
    'trip/day one/photos/a.txt': 'photo',
    'trip/day one/z.txt': 'z',
  };
  await uploadTexts(user, texts);
  await search('day one', '3 files');
  await page.getByRole('grid').press('Control+a');
  await counted('3 selected');
  await app.willChoose(target);
  await runTool(page, 'Download…');
  const arrived = async () => (await filesBelow(target)).filter((path) => !path.endsWith('.part'));
  await expect.poll(arrived, { timeout: 30_000 }).toEqual(['docs/a.txt', 'photos/a.txt', 'z.txt']);
  expect(await readFile(join(target, 'photos', 'a.txt'), 'utf8')).toBe('photo');
  // What is there already is kept, here too.
  await runTool(page, 'Download…');
  await expect
    .poll(arrived, { timeout: 30_000 })
    .toEqual(['docs/a (2).txt', 'docs/a.txt', 'photos/a (2).txt', 'photos/a.txt', 'z (2).txt', 'z.txt']);
  // A file in the way of a folder stays what it is; the others come.
  const blocked = join(folder, 'blocked target');
  await mkdir(blocked);
  await writeFile(join(blocked, 'docs'), 'mine');
  await app.willChoose(blocked);
  await runTool(page, 'Download…');
  await expect
    .poll(() => filesBelow(blocked), { timeout: 30_000 })
    .toEqual(['docs', 'photos/a.txt', 'z.txt']);
  expect(await readFile(join(blocked, 'docs'), 'utf8')).toBe('mine');
  await goTo(page, 'Home');
  await page.getByText('There is a file where the folder', { exact: false }).first().waitFor();
  await goTo(page, 'My files');
  await search('day one', '3 files');
  await fileRow(page, 'photos').click();
  await expectSelected('a.txt');
  const single = join(folder, 'target of one');
  await mkdir(single);
  await app.willChoose(single);
  await runTool(page, 'Download…');
  await expect.poll(() => readdir(single), { timeout: 30_000 }).toEqual(['a.txt']);
});

test('all that match are deleted by one key, brought back at once, and restored from the trash', async () => {
  await search('many', '1,200 files');
  await page.getByRole('grid').press('Control+a');
  await counted('1,200 selected');
  await page.keyboard.press('Delete');
  await page.getByText('1,200 files moved to the trash.').waitFor();
  await page.getByText('No file matches').waitFor();
  expect(await countIn('many/')).toBe(0);
  expect(await countIn('few/')).toBe(5);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('1,200 files restored.').waitFor();
  await counted('1,200 files');
  expect(await countIn('many/')).toBe(MANY);

  await page.getByRole('grid').press('Control+a');
  await counted('1,200 selected');
  await runTool(page, 'Delete');
  await page.getByText('No file matches').waitFor();
  await page.getByRole('button', { name: 'Trash' }).click();
  await counted('1,200 files');
  await page.getByLabel('Search the trash').fill('n00');
  await counted('100 files');
  await page.getByRole('grid').press('Control+a');
  await counted('100 selected');
  await runTool(page, 'Restore');
  await page.getByText('100 files restored.').waitFor();
  expect(await countIn('many/')).toBe(100);
  await page.getByLabel('Search the trash').fill('');
  await counted('1,100 files');
  await page.getByRole('grid').press('Control+a');
  await counted('1,100 selected');
  await page.keyboard.press('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await page.getByText('1,100 files deleted for good.').waitFor();
  await page.getByText('The trash is empty').waitFor();
  expect(await user.get('/trash', trashSchema)).toEqual({ items: [], nextCursor: null });
  expect(await countIn('many/')).toBe(100);
});
