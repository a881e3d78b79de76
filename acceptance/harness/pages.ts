/** What the tests ask of every page that people see. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export const DESKTOP = { width: 1000, height: 800 };
export const PHONE = { width: 360, height: 640 };

/** `SCREENSHOTS=folder` keeps pictures, to be looked at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What a browser complains of: a script, a style or a picture that the policy of the page forbids. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

export const fitsItsWidth = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
