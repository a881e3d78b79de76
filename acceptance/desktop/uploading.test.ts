import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { type DesktopApp, startApp } from './app.ts';
import { dragOver, drop, fileRow, goTo, resize, setUp, shoot, waitForStatus } from './steps.ts';

let user: Account;
let app: DesktopApp;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  folder = opened.use(await makeTempFolder('desktop-uploading')).path;
  for (const name of ['one.txt', 'two.txt', 'three.txt']) await writeFile(join(folder, name), name);
  await mkdir(join(folder, 'Trip', 'day 1'), { recursive: true });
  await writeFile(join(folder, 'Trip', 'day 1', 'sea.txt'), 'sea');
  user = await registerUser(inject('server'));
  app = opened.use(await startApp(join(folder, 'config')));
});
afterAll(() => opened.disposeAsync());

async function storedPaths(): Promise<string[]> {
  const { items } = await user.get('/files?limit=1000', pageSchema);
  return items.map(({ path }) => path);
}

const choose = (name: string) => app.page.getByRole('button', { name }).first();

test('what is dropped in the first run does nothing', async () => {
  const { page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  await page.getByLabel('Server address').fill('half typed');
  const address = page.url();
  await drop(page, join(folder, 'one.txt'));
  expect(page.url()).toBe(address);
  expect(await page.getByLabel('Server address').inputValue()).toBe('half typed');
  await setUp(app, { server: user.server, email: user.email, isNew: false });
  await waitForStatus(page, 'Ready');
  expect(await storedPaths()).toEqual([]);
});

test('files and folders are chosen in the dialog of the system, from where there are none yet', async () => {
  const { page } = app;
  const asked = await app.electron.evaluateHandle(({ dialog }) => {
    const wanted: unknown[] = [];
    dialog.showOpenDialog = (...input: unknown[]) => {
      wanted.push(input.at(-1));
      return Promise.resolve({ canceled: true, filePaths: [] });
    };
    return wanted;
  });
  await goTo(page, 'My files');
  await page.getByText('No files yet').waitFor();
  await shoot(page, 'files-none');
  await resize(app, [640, 480]);
  await shoot(page, 'small-files-none');
  await resize(app, null);
  await choose('Upload files…').click();
  await choose('Upload a folder…').click();
  expect(await asked.jsonValue()).toEqual([
    {
      title: 'Choose files to upload',
      buttonLabel: 'Upload',
      properties: ['openFile', 'multiSelections'],
    },
    {
      title: 'Choose folders to upload',
      buttonLabel: 'Upload',
      properties: ['openDirectory', 'multiSelections'],
    },
  ]);
  await app.willChoose(join(folder, 'one.txt'), join(folder, 'two.txt'));
  // By the keyboard, as everything.
  await page.locator('.empty').getByRole('button', { name: 'Upload files…' }).press('Enter');
  await page.getByText('Uploading 2 files.', { exact: false }).waitFor();
  await fileRow(page, 'one.txt').waitFor();
  await fileRow(page, 'two.txt').waitFor();
  await app.willChoose(join(folder, 'Trip'));
  await choose('Upload a folder…').click();
  await fileRow(page, 'sea.txt').waitFor();
  expect(await storedPaths()).toEqual(['Trip/day 1/sea.txt', 'one.txt', 'two.txt']);
});

test.each(['Home', 'My files', 'Settings'] as const)('what is dropped on %s is uploaded', async (place) => {
  const { page } = app;
  await goTo(page, place);
  const name = `${place}.txt`;
  await writeFile(join(folder, name), place);
  const hint = page.getByText('Drop to upload.', { exact: false });
  await dragOver(page, join(folder, name), 'content');
  await hint.waitFor();
  await shoot(page, `drop-${place.toLowerCase().replace(' ', '-')}`);
  await dragOver(page, join(folder, name), 'rail');
  await hint.waitFor({ state: 'detached' });
  await drop(page, join(folder, name));
  await hint.waitFor({ state: 'detached' });
  await expect.poll(storedPaths).toContain(name);
});

test('what is dropped on a dialog is not uploaded', async () => {
  const { page } = app;
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').waitFor();
  await drop(page, join(folder, 'three.txt'));
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await writeFile(join(folder, 'later.txt'), 'later');
  await drop(page, join(folder, 'later.txt'));
  await expect.poll(storedPaths).toContain('later.txt');
  expect(await storedPaths()).not.toContain('three.txt');
});
