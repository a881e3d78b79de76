/** A real browser, where one is installed: Debian's Chromium, driven by Playwright. */
import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** null where there is none: a test that needs it then says that it was skipped. */
export const BROWSER = EXECUTABLES.find(isExecutable) ?? null;

export async function openBrowser(): Promise<Browser> {
  if (BROWSER === null) throw new Error('no browser is installed');
  return chromium.launch({
    executablePath: BROWSER,
    // It looks at pages of this machine alone, perhaps as root, and asks nobody else for anything.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
