import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { uploadTexts } from './other-device.ts';
import { openRelay, type Relay } from './relay.ts';
import { fileRow, focused, goTo, runTool, setUp, waitForStatus } from './steps.ts';

let user: Account;
let relay: Relay;
let page: Page;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  const folder = opened.use(await makeTempFolder('desktop-dialogs')).path;
  user = await registerUser(inject('server'));
  await uploadTexts(user, { 'one.txt': 'one', 'taken.txt': 'taken' });
  relay = opened.use(await openRelay(user.server));
  const app = opened.use(await startApp(join(folder, 'config')));
  page = app.page;
  await setUp(app, { server: relay.url, email: user.email, isNew: false });
  await waitForStatus(page, 'Ready');
  await goTo(page, 'My files');
});
afterAll(() => opened.disposeAsync());

const dialog = () => page.getByRole('dialog');

async function escape(): Promise<void> {
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
}

test.each(['Rename or move…', 'Versions…'])('closed, %s has the focus again', async (tool) => {
  await fileRow(page, 'one.txt').click();
  await runTool(page, tool);
  await dialog().waitFor();
  expect(await dialog().locator(':focus').count()).toBe(1);
  await escape();
  expect(await focused(page).textContent()).toContain(tool);
});

test('opened from the list, a dialog gives the focus back to it', async () => {
  await fileRow(page, 'one.txt').click();
  await page.keyboard.press('F2');
  await dialog().waitFor();
  expect(await focused(page).getAttribute('value')).toBe('one.txt');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'detached' });
  expect(await focused(page).getAttribute('role')).toBe('grid');
});

test('where nothing is typed, the way out has the focus', async () => {
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await dialog().waitFor();
  expect(await focused(page).textContent()).toBe('Cancel');
  await escape();
  expect(await focused(page).textContent()).toBe('Sign out…');
  await goTo(page, 'My files');
});

test('closed before the answer comes, a dialog does not lose it', async () => {
  async function renameAndClose(path: string): Promise<void> {
    await fileRow(page, 'one.txt').click();
    await page.keyboard.press('F2');
    await page.getByLabel('Path on the server').fill(path);
    const { promise, resolve } = Promise.withResolvers<void>();
    relay.heldUntil = promise;
    await page.keyboard.press('Enter');
    await escape();
    relay.heldUntil = null;
    resolve();
  }
  await renameAndClose('taken.txt');
  await page
    .locator('.toast-error')
    .getByText('There is another file at "taken.txt"', { exact: false })
    .waitFor();
  await renameAndClose('folder/one.txt');
  await page.getByText('It is folder/one.txt now.').waitFor();
  const { items } = await user.get('/files', pageSchema);
  expect(items.map(({ path }) => path)).toEqual(['folder/one.txt', 'taken.txt']);
});
