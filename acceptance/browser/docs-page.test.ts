/** The reference of the api as people see it. `SCREENSHOTS=folder` keeps pictures of it, to be looked at. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { BROWSER, openBrowser } from '../harness/browser.ts';
import { expectError, send } from '../harness/http.ts';

const server = inject('server');

test('only its own parts are served', async () => {
  for (const part of ['package.json', '..%2Fpackage.json', 'constructor', 'swagger-ui.css.map']) {
    expectError(await send('GET', `${server}/docs/${part}`), 404, 'not_found');
  }
});

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: false });
}

describe.skipIf(BROWSER === null)(`in ${BROWSER ?? 'a browser: SKIPPED, none is installed'}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  test('an operation is found, tried with a log-in, and answered; nothing comes from elsewhere', async () => {
    const { auth } = await registerUser(server);
    const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${server}/docs`);
    await page.getByText('Open an upload session').waitFor();
    await keepPicture(page, 'docs');

    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.getByLabel('auth-bearer-value').first().fill(auth.accessToken);
    await page.getByRole('button', { name: 'Apply credentials' }).first().click();
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.getByText('What the account holds, and what compression saved').click();
    const operation = page.locator('#operations-Usage-usage-get');
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table');
    await answer.getByText('usedBytes').waitFor();
    await keepPicture(page, 'docs-tried');

    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server) && !url.startsWith('data:'))).toEqual([]);
    expect(asked).toContain(`${server}/usage`);
  });
});
