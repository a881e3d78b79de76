import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { freshEmail, PASSWORD } from '../harness/account.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { faultsOf } from './accessible.ts';
import { type DesktopApp, startApp } from './app.ts';
import { controlsOf, focused, tabRound, tabTo } from './keyboard-steps.ts';
import { layoutFaults } from './layout.ts';
import { fileRow, waitForStatus } from './steps.ts';

/** One app that no mouse comes near: each test goes on where the one before it has left it. */
let app: DesktopApp;
let temp: string;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  temp = opened.use(await makeTempFolder('desktop-keyboard')).path;
  folder = join(temp, 'Documents');
  await mkdir(folder);
  for (const name of ['one.txt', 'two.txt', 'three.txt']) await writeFile(join(folder, name), name);
  app = opened.use(await startApp(join(temp, 'config')));
});
afterAll(() => opened.disposeAsync());

const press = (key: string): Promise<void> => app.page.keyboard.press(key);
/** With Ctrl; of what Playwright presses, only the page hears. */
const pressInWindow = (keyCode: string): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, key) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    for (const type of ['keyDown', 'keyUp'] as const)
      contents?.sendInputEvent({ type, keyCode: key, modifiers: ['control'] });
  }, keyCode);
const type = (text: string): Promise<void> => app.page.keyboard.type(text);

async function goBy(name: 'Home' | 'My files' | 'Settings'): Promise<void> {
  await tabTo(app.page, name, 'Shift+Tab');
  await press('Enter');
  // What has come is read out, and the keyboard goes on from there.
  await expect.poll(() => focused(app.page)).toMatchObject({ role: 'main', name });
}

test('the first run, from the first field to the window', async () => {
  const { page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  expect(await focused(page)).toMatchObject({ name: 'Server address', isSeen: true });
  await type(inject('server'));
  await page.getByText(/^Instashare \S+ answers at/).waitFor();
  await tabTo(page, 'Continue');
  await press('Enter');

  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await focused(page)).toMatchObject({ name: 'E-mail address', isSeen: true });
  await tabTo(page, 'Make an account');
  await press('Space');
  await page.getByRole('heading', { name: 'Make an account' }).waitFor();
  expect(await focused(page)).toMatchObject({ name: 'E-mail address' });
  await type(freshEmail());
  await tabTo(page, 'Password');
  await type(PASSWORD);
  await press('Enter');

  await page.getByRole('heading', { name: 'What shall be uploaded?' }).waitFor();
  expect(await focused(page)).toMatchObject({ role: 'h1', name: 'What shall be uploaded?' });
  await app.willChoose(folder);
  await tabTo(page, 'Choose a folder…');
  await press('Enter');
  await page.getByText(folder, { exact: true }).waitFor();
  expect(await focused(page)).toMatchObject({ name: 'Add another folder…' });
  await tabTo(page, 'Start');
  await press('Enter');
  await waitForStatus(page, 'Up to date');
  expect(await focused(page)).toMatchObject({ role: 'main', name: 'Home' });
});

test('on every page Tab gets to every control, one sees where it is, and it comes round', async () => {
  for (const place of ['My files', 'Settings', 'Home'] as const) {
    await goBy(place);
    if (place === 'My files') await fileRow(app.page, 'two.txt').waitFor();
    const reached = await tabRound(app.page);
    expect(reached.map(({ name }) => name).toSorted(), place).toEqual(
      (await controlsOf(app.page)).toSorted(),
    );
    expect(
      reached.filter(({ isSeen }) => !isSeen),
      place,
    ).toEqual([]);
  }
});

test('what is pressed may go away: the focus stays where it was', async () => {
  const { page } = app;
  await tabTo(page, 'Pause for an hour');
  await press('Enter');
  await waitForStatus(page, 'Paused');
  expect(await focused(page)).toMatchObject({ name: 'Resume' });
  await press('Enter');
  await waitForStatus(page, 'Up to date');
  expect(await focused(page)).toMatchObject({ name: 'Pause' });

  await goBy('Settings');
  await tabTo(page, `Remove ${folder}`);
  await press('Enter');
  await page.getByText(folder, { exact: true }).waitFor({ state: 'detached' });
  expect(await focused(page)).toMatchObject({ role: 'section', name: 'Folders' });

  await tabTo(page, 'Sign out…');
  await press('Enter');
  await page.getByRole('dialog', { name: 'Sign out?' }).waitFor();
  await tabTo(page, 'Cancel');
  await press('Enter');
  expect(await focused(page)).toMatchObject({ name: 'Sign out…' });
});

test('files are chosen, renamed, deleted and brought back', async () => {
  const { page } = app;
  await goBy('My files');
  await tabTo(page, 'Search files');
  // What is found must be seen to be it, or the list may change under the keys.
  await type('w');
  await page.getByText('1 file', { exact: true }).waitFor();
  await tabTo(page, /^Name/);
  await press('Shift+Tab');
  expect(await focused(page)).toMatchObject({ role: 'grid', name: 'Files', isSeen: true });
  await press('End');
  const active = () =>
    page.evaluate(`(() => {
      const id = document.activeElement.getAttribute('aria-activedescendant');
      return document.getElementById(id).getAttribute('aria-selected') + ' ' +
        document.getElementById(id).querySelector('.file-name').textContent;
    })()`);
  await expect.poll(active).toBe('true two.txt');

  await tabTo(page, 'Rename or move…', 'Shift+Tab');
  await press('Enter');
  await page.getByRole('dialog', { name: 'Rename or move' }).waitFor();
  expect(await focused(page)).toMatchObject({ name: 'Path on the server', isSeen: true });
  await press('Control+a');
  await type('Documents/zwei.txt');
  await press('Enter');
  await fileRow(page, 'zwei.txt').waitFor();
  expect(await focused(page)).toMatchObject({ name: 'Rename or move…' });

  await tabTo(page, 'Delete');
  await press('Enter');
  await page.getByText('1 file moved to the trash.').waitFor();
  expect(await focused(page)).toMatchObject({ name: 'Delete' });
  await tabTo(page, 'Undo');
  await press('Enter');
  await fileRow(page, 'zwei.txt').waitFor();
  // To where it was before it went to the message.
  expect((await focused(page)).role).not.toBe('body');
});

test('everything is made larger and smaller by the keys for it, and stays so', async () => {
  const zoom = async () => {
    const ratio = z.number().parse(await app.page.evaluate('devicePixelRatio'));
    return Math.round(ratio * 100);
  };
  for (let n = 0; n < 4; n += 1) await pressInWindow('=');
  await expect.poll(zoom).toBe(207);
  expect(await layoutFaults(app.page)).toEqual([]);
  await app[Symbol.asyncDispose]();
  app = opened.use(await startApp(join(temp, 'config')));
  await waitForStatus(app.page, /^(Ready|Up to date)$/);
  await expect.poll(zoom).toBe(207);
  await pressInWindow('-');
  await expect.poll(zoom).toBe(173);
  await pressInWindow('0');
  await expect.poll(zoom).toBe(100);
});

test('what is wrong with a page is found: it is not only that nothing is looked for', async () => {
  const { page } = app;
  expect(await faultsOf(page)).toEqual([]);
  await page.evaluate(`
    document.querySelector('main').insertAdjacentHTML(
      'afterbegin',
      '<div id="wrong"><button></button><p>faint</p></div>',
    );
    document.querySelector('#wrong p').style.color = 'var(--line)';
  `);
  const faults = await faultsOf(page);
  await page.evaluate("document.querySelector('#wrong').remove()");
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['button-name', 'color-contrast']);
});
