/** What a person does with the app, step by step. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PASSWORD } from '../harness/account.ts';
import { faultsOf } from './accessible.ts';
import type { DesktopApp } from './app.ts';
import { SMALLEST, smallLayoutFaults } from './layout.ts';

export interface FirstRun {
  readonly server: string;
  readonly email: string;
  readonly isNew: boolean;
  /** None: it is skipped. */
  readonly folder?: string;
  /** As it is offered, unless it is said. */
  readonly startsAtLogin?: boolean;
}

/** The three steps of the first run. */
export async function setUp(
  app: Pick<DesktopApp, 'page' | 'willChoose'>,
  { server, email, isNew, folder, startsAtLogin }: FirstRun,
): Promise<void> {
  const { page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  await page.getByLabel('Server address').fill(server);
  await page.getByText(/^Instashare \S+ answers at/).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  if (isNew) await page.getByRole('button', { name: 'Make an account' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: isNew ? 'Register' : 'Log in', exact: true }).click();
  await page.getByRole('heading', { name: 'What shall be uploaded?' }).waitFor();
  if (folder !== undefined) {
    await app.willChoose(folder);
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await page.getByText(folder, { exact: true }).waitFor();
  }
  if (startsAtLogin !== undefined) {
    await page.getByLabel('Start when I log in to this computer').setChecked(startsAtLogin);
    await shoot(page, 'setup-folders-installed');
  }
  await page.getByRole('button', { name: /^(Skip for now|Start)$/ }).click();
}

/** Waits until the head of the window says so. */
export async function waitForStatus(page: Page, title: string | RegExp, timeoutMs = 60_000): Promise<void> {
  const status = page.getByRole('region', { name: 'Status' });
  /** With all that is beside it: what needs somebody is told there, with its reason. */
  const said = () =>
    page
      .getByRole('main')
      .innerText({ timeout: 1_000 })
      .catch(() => 'nothing');
  await status
    .getByRole('heading', { name: title })
    .waitFor({ timeout: timeoutMs })
    .catch(async (cause: unknown) => {
      throw new Error(`the window does not say ${String(title)} but: ${await said()}`, { cause });
    });
}

export const goTo = (page: Page, place: 'Home' | 'My files' | 'Settings'): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: place }).click();

/** Searches in My files, and waits for what is found: until then what was there before can only be looked at. */
export async function searchFor(page: Page, text: string): Promise<void> {
  await page.getByLabel('Search files').fill(text);
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
}

/** A row of the list of files. */
export const fileRow = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

export const runTool = (page: Page, name: string): Promise<void> =>
  page
    .getByRole('group', { name: /^Actions for/ })
    .getByRole('button', { name })
    .click();

/** So that a picture shows none of what was done before. */
export async function dismissMessages(page: Page): Promise<void> {
  const messages = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss' });
  while ((await messages.count()) > 0) await messages.first().click();
}

/** A link that works until somebody ends it. */
export async function copyLink(page: Page): Promise<void> {
  await runTool(page, 'Copy link…');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy link' }).click();
}

/** `null`: as it is when it is opened. */
export const resize = (app: DesktopApp, size: readonly [number, number] | null): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, wanted) => {
    const [window] = BrowserWindow.getAllWindows();
    const [width, height] = wanted ?? [1080, 720];
    window?.setContentSize(width, height);
  }, size);

/** `isSmall`: a picture of the smallest window as well. */
export interface Shot {
  readonly isSmall?: boolean;
}

/**
 * Looks at what the window shows, light and dark: whether everybody can use it, also in a small window, always; and a
 * picture of it when somebody wants some, into the folder that is named.
 */
export async function shoot(page: Page, name: string, { isSmall = false }: Shot = {}): Promise<void> {
  // Without motion: a colour that is on its way to another would be taken for it.
  const look = (colorScheme: 'light' | 'dark') => page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await look(colorScheme);
    expect(await faultsOf(page), `${name}, ${colorScheme}`).toEqual([]);
    await takePicture(page, `${name}-${colorScheme}`);
  }
  const faults = await smallLayoutFaults(page, async (width) => {
    if (!isSmall || width !== SMALLEST) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await look(colorScheme);
      await takePicture(page, `small-${name}-${colorScheme}`);
    }
  });
  expect(faults, name).toEqual([]);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['DESKTOP_SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

type Drag = 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel';

/** In the middle of the content, and beside it. */
const PLACES = { content: { x: 600, y: 400 }, rail: { x: 60, y: 400 } } as const;

async function startDrag(page: Page, localPath: string, place: keyof typeof PLACES = 'content') {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [localPath], dragOperationsMask: 1 };
  const send = (type: Drag) => devtools.send('Input.dispatchDragEvent', { type, ...PLACES[place], data });
  await send('dragEnter');
  await send('dragOver');
  return send;
}

/** Drags something of this machine over the window, and does not let it go. */
export async function dragOver(page: Page, localPath: string, place: keyof typeof PLACES): Promise<void> {
  await startDrag(page, localPath, place);
}

/** Drags something of this machine into the middle of the window, and lets it go there. */
export async function drop(page: Page, localPath: string): Promise<void> {
  const send = await startDrag(page, localPath);
  await send('drop');
}

/** The same, but it is taken away again. */
export async function dragAway(page: Page, localPath: string, whileOver: () => Promise<void>): Promise<void> {
  const send = await startDrag(page, localPath);
  await whileOver();
  await send('dragCancel');
  // What the system sends then, and DevTools do not: to what lies under the pointer, on its way to nothing.
  await page.evaluate(`
    document.elementFromPoint(600, 400).dispatchEvent(new DragEvent('dragleave', { bubbles: true }))
  `);
}

/** What the keyboard goes to. */
export const focused = (page: Page) => page.locator('*:focus');
