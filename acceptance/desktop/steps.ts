/** What a person does with the app, step by step. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PASSWORD } from '../harness/account.ts';
import { faultsOf } from './accessible.ts';
import type { DesktopApp } from './app.ts';

export interface FirstRun {
  readonly server: string;
  readonly email: string;
  readonly isNew: boolean;
  /** None: it is skipped. */
  readonly folder?: string;
}

/** The three steps of the first run. */
export async function setUp(
  app: Pick<DesktopApp, 'page' | 'willChoose'>,
  { server, email, isNew, folder }: FirstRun,
): Promise<void> {
  const { page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  await shoot(page, 'setup-server');
  await page.getByLabel('Server address').fill(server);
  await page.getByText(/^Instashare \S+ answers at/).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  if (isNew) await page.getByRole('button', { name: 'Make an account' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await shoot(page, 'setup-account');
  await page.getByRole('button', { name: isNew ? 'Register' : 'Log in', exact: true }).click();
  await page.getByRole('heading', { name: 'What shall be uploaded?' }).waitFor();
  if (folder !== undefined) {
    await app.willChoose(folder);
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await page.getByText(folder, { exact: true }).waitFor();
  }
  await shoot(page, 'setup-folders');
  await page.getByRole('button', { name: /^(Skip for now|Start)$/ }).click();
}

/** Waits until the head of the window says so. */
export async function waitForStatus(page: Page, title: string | RegExp, timeoutMs = 60_000): Promise<void> {
  const status = page.getByRole('region', { name: 'Status' });
  await status.getByRole('heading', { name: title }).waitFor({ timeout: timeoutMs });
}

export const goTo = (page: Page, place: 'Home' | 'My files' | 'Settings'): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: place }).click();

/** A row of the list of files. */
export const fileRow = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

export const runTool = (page: Page, name: string): Promise<void> =>
  page.getByRole('toolbar').getByRole('button', { name }).click();

/** `null`: as it is when it is opened. */
export const resize = (app: DesktopApp, size: readonly [number, number] | null): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, wanted) => {
    const [window] = BrowserWindow.getAllWindows();
    const [width, height] = wanted ?? [1080, 720];
    window?.setContentSize(width, height);
  }, size);

/**
 * Looks at what the window shows, light and dark: whether everybody can use it, always; and a picture of it when
 * somebody wants some, into the folder that is named.
 */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['DESKTOP_SCREENSHOTS'];
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion: a colour that is on its way to another would be taken for it.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faultsOf(page), `${name}, ${colorScheme}`).toEqual([]);
    if (folder === undefined || folder === '') continue;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Drags something of this machine onto the list of files. */
export async function drop(page: Page, localPath: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [localPath], dragOperationsMask: 1 };
    await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
}
