import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { pageSchema, type StoredFile, trashSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { type DesktopApp, startApp } from './app.ts';
import { whileEngineStands } from './engine-process.ts';
import { uploadTexts } from './other-device.ts';
import { fileRow, focused, goTo, resize, runTool, setUp, shoot, waitForStatus } from './steps.ts';

let user: Account;
let app: DesktopApp;
let page: Page;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  const folder = opened.use(await makeTempFolder('desktop-trash')).path;
  user = await registerUser(inject('server'));
  app = opened.use(await startApp(join(folder, 'config')));
  page = app.page;
  await setUp(app, { server: user.server, email: user.email, isNew: false });
  await waitForStatus(page, 'Ready');
});
afterAll(() => opened.disposeAsync());
beforeEach(async () => {
  await user.send('DELETE', '/trash');
  await goTo(page, 'My files');
  await page.getByRole('button', { name: 'Trash' }).click();
  await page.getByText('The trash is empty').waitFor();
});

/** As another device does. */
const upload = (...paths: readonly string[]): Promise<StoredFile[]> =>
  uploadTexts(user, Object.fromEntries(paths.map((path) => [path, path])));

async function trashed(...paths: readonly string[]): Promise<StoredFile[]> {
  const files = await upload(...paths);
  for (const { id } of files) await user.send('DELETE', `/files/${id}`);
  for (const path of paths) await fileRow(page, path.slice(path.lastIndexOf('/') + 1)).waitFor();
  return files;
}

const filesIn = async (below: string): Promise<string[]> =>
  (await user.get(`/files?prefix=${encodeURIComponent(below)}`, pageSchema)).items.map(({ path }) => path);

const inTrash = async (): Promise<string[]> =>
  (await user.get('/trash', trashSchema)).items.map(({ path }) => path).toSorted();

test('what another device deletes appears by itself, is found, and is restored', async () => {
  await shoot(page, 'trash-none');
  await trashed('back/letter.txt', 'back/notes/old.txt');
  await page.getByText('2 files', { exact: true }).waitFor();
  // The last deleted first.
  expect(await page.getByRole('row').nth(1).textContent()).toContain('old.txt');
  await shoot(page, 'trash');
  await resize(app, [640, 480]);
  await shoot(page, 'small-trash');
  await resize(app, null);
  await page.getByLabel('Search the trash').fill('nothing like it');
  await page.getByText('No file matches').waitFor();
  await page.getByLabel('Search the trash').fill('LETTER back');
  await page.getByText('1 file', { exact: true }).waitFor();
  await fileRow(page, 'letter.txt').click();
  await runTool(page, 'Restore');
  await page.getByText('1 file restored.').first().waitFor();
  await page.getByText('No file matches').waitFor();
  expect(await filesIn('back/')).toEqual(['back/letter.txt']);
  expect(await focused(page).textContent()).toContain('Restore');
  await page.getByRole('button', { name: 'Back to my files' }).click();
  await fileRow(page, 'letter.txt').waitFor();
});

test('while a search is not answered yet, nothing of what it does not show can be deleted for good', async () => {
  await trashed('hasty/one.txt', 'hasty/two.txt');
  await page.getByText('2 files', { exact: true }).waitFor();
  await whileEngineStands(app, async () => {
    await page.getByLabel('Search the trash').fill('one');
    const list = page.getByRole('grid', { name: 'Deleted files' });
    for (const key of ['End', 'Delete', 'Escape', 'Control+a', 'Delete']) await list.press(key);
    await fileRow(page, 'two.txt').click();
    await page.keyboard.press('Delete');
    expect(await page.getByRole('row', { selected: true }).count()).toBe(0);
  });
  await page.getByText('1 file', { exact: true }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('what was restored or purged elsewhere disappears by itself', async () => {
  const [one, two] = await trashed('gone/one.txt', 'gone/two.txt', 'gone/three.txt');
  await user.send('POST', `/trash/${one?.id ?? ''}/restore`, { json: {} });
  await user.send('DELETE', `/trash/${two?.id ?? ''}`);
  await page.getByText('1 file', { exact: true }).waitFor();
  expect(await page.locator('.file-name').allTextContents()).toEqual(['three.txt']);
});

test('a file whose path is taken goes where a person wants it', async () => {
  await trashed('taken/plan.txt');
  await upload('taken/plan.txt');
  await fileRow(page, 'plan.txt').click();
  await runTool(page, 'Restore');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Another file has its path by now.').waitFor();
  const path = dialog.getByLabel('Path on the server');
  expect(await path.inputValue()).toBe('taken/plan (2).txt');
  await shoot(page, 'trash-taken');
  await path.fill('taken/plan.txt');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await dialog.getByRole('button', { name: 'Use taken/plan (2).txt' }).click();
  await path.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('The trash is empty').waitFor();
  expect(await filesIn('taken/')).toEqual(['taken/plan (2).txt', 'taken/plan.txt']);
});

test('of many, those whose paths are taken can be put beside what is there', async () => {
  // Twice the same, so that the second finds what was suggested for the first taken too.
  await trashed('many/a.txt', 'many/b.txt');
  await trashed('many/a.txt', 'many/c.txt');
  await upload('many/a.txt', 'many/b.txt');
  await page.getByText('4 files', { exact: true }).waitFor();
  await fileRow(page, 'c.txt').click();
  await page.keyboard.press('Control+a');
  await page.getByText('4 selected').waitFor();
  await runTool(page, 'Restore');
  const dialog = page.getByRole('dialog', { name: '3 files could not go back' });
  await dialog.waitFor();
  await shoot(page, 'trash-many-taken');
  expect(await filesIn('many/')).toEqual(['many/a.txt', 'many/b.txt', 'many/c.txt']);
  await dialog.getByRole('button', { name: 'Restore under new names' }).click();
  await page.getByText('The trash is empty').waitFor();
  expect(await filesIn('many/')).toEqual([
    'many/a (2).txt',
    'many/a (3).txt',
    'many/a.txt',
    'many/b (2).txt',
    'many/b.txt',
    'many/c.txt',
  ]);
});

test('files are deleted for good one by one or all of them, and never without being asked', async () => {
  await trashed('good/one.txt', 'good/two.txt', 'good/three.txt');
  await fileRow(page, 'two.txt').click();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Delete 1 file for good?').waitFor();
  // Whoever only presses Enter changes nothing.
  expect(await focused(page).textContent()).toBe('Cancel');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(await focused(page).getAttribute('role')).toBe('grid');
  await page.keyboard.press('Delete');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByText('1 file deleted for good.').waitFor();
  await fileRow(page, 'two.txt').waitFor({ state: 'detached' });
  expect(await inTrash()).toEqual(['good/one.txt', 'good/three.txt']);

  await runTool(page, 'Empty trash…');
  await dialog.getByText('This deletes 2 files (26 B) for good', { exact: false }).waitFor();
  await shoot(page, 'trash-empty-asks');
  await dialog.getByRole('button', { name: 'Empty trash' }).click();
  await page.getByText('The trash is empty', { exact: true }).waitFor();
  expect(await inTrash()).toEqual([]);
  expect(await focused(page).textContent()).toContain('Empty trash…');
});
