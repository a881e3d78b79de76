/** The admin pages as people see them. `SCREENSHOTS=folder` keeps pictures of them, to be looked at. */
import { mkdir, rm } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, PASSWORD, registerUser } from '../harness/account.ts';
import { runAdmin } from '../harness/admin-command.ts';
import { BROWSER, openBrowser } from '../harness/browser.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { objectFiles } from '../harness/objects.ts';
import { complaintsOf, DESKTOP, fitsItsWidth, keepPicture, PHONE } from '../harness/pages.ts';
import { until } from '../harness/poll.ts';
import { signal } from '../harness/processes.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { textBytes, uploadFile } from '../harness/uploads.ts';

describe.skipIf(BROWSER === null)(`in ${BROWSER ?? 'a browser: SKIPPED, none is installed'}`, () => {
  let browser: Browser;
  let instance: Instance;
  let admin: Account;
  let user: Account;
  beforeAll(async () => {
    browser = await openBrowser();
    instance = await startInstance();
    admin = await registerUser(instance.url);
    user = await registerUser(instance.url);
    const { code, output } = await setAdmin('on');
    if (code !== 0) throw new Error(output);
  });
  afterAll(async () => {
    await browser.close();
    await instance[Symbol.asyncDispose]();
  });

  const setAdmin = async (flag: 'on' | 'off') => {
    await using folder = await makeTempFolder('admin');
    return await runAdmin(instance, folder.path, 'admin', admin.email, flag);
  };

  async function openPages(options: BrowserContextOptions = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${instance.url}/admin`);
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
  }

  async function logIn(page: Page, email = admin.email): Promise<void> {
    await page.fill('input[name=email]', email);
    await page.fill('input[name=password]', PASSWORD);
    await Promise.all([page.waitForEvent('load'), page.click('button')]);
  }

  /** Has a file whose object the worker can not read: its job waits for another try. */
  async function failOnce(): Promise<void> {
    const worker = await instance.pidOfProgram('worker');
    signal(worker, 'SIGSTOP');
    await uploadFile(user, { path: 'unreadable.txt', bytes: textBytes(5000) });
    const [object = ''] = await objectFiles(instance.dataDir, user.auth.user.id);
    await rm(object);
    await mkdir(object);
    signal(worker, 'SIGCONT');
  }

  test('who is no admin is told what a wrong password is told', async () => {
    await using opened = await openPages({ viewport: PHONE });
    const { page } = opened;
    await keepPicture(page, 'admin-log-in');
    await logIn(page, user.email);
    expect(await page.textContent('[role=alert]')).toBe('The e-mail address or the password is wrong');
    await keepPicture(page, 'admin-log-in-wrong');
  });

  test.each([
    ['light', DESKTOP],
    ['dark', DESKTOP],
    ['light', PHONE],
    ['dark', PHONE],
  ] as const)('figures, accounts and the queue are shown, %s, %o wide', async (colorScheme, viewport) => {
    await using opened = await openPages({ colorScheme, viewport });
    const { page, complaints } = opened;
    await logIn(page);
    expect(await page.textContent('h1')).toBe('Overview');
    expect(await page.textContent('tbody')).toContain(user.email);
    expect(await fitsItsWidth(page)).toBe(true);
    await keepPicture(page, `admin-overview-${colorScheme}-${viewport.width}`);
    await Promise.all([page.waitForEvent('load'), page.click('nav >> text=Queue')]);
    expect(await page.textContent('h1')).toBe('Queue');
    expect(await fitsItsWidth(page)).toBe(true);
    await keepPicture(page, `admin-queue-${colorScheme}-${viewport.width}`);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(15, 19, 23)' : 'rgb(243, 245, 247)');
    expect(complaints).toEqual([]);
  });

  test('a quota that is set is kept and shown, and one that makes no sense is refused', async () => {
    await using opened = await openPages({ viewport: DESKTOP });
    const { page, complaints } = opened;
    await logIn(page);
    const quota = page.locator(`input[aria-label="Quota of ${user.email}"]`);
    await quota.fill('1.5 GB');
    await Promise.all([page.waitForEvent('load'), quota.press('Enter')]);
    expect(await quota.inputValue()).toBe('1.5 GB');
    await using folder = await makeTempFolder('quota');
    expect((await runAdmin(instance, folder.path, 'quota', user.email)).output).toContain('of 1.5 GB');
    expect(complaints).toEqual([]);
    await quota.fill('a lot');
    await Promise.all([page.waitForEvent('load'), quota.press('Enter')]);
    expect(await page.textContent('.facts')).toContain('"a lot" is no number of bytes');
    await keepPicture(page, 'admin-problem');
  });

  test('a job that waits for another try says why', async () => {
    await failOnce();
    await using opened = await openPages({ viewport: PHONE });
    const { page } = opened;
    await logIn(page);
    const isShown = async () => {
      await page.goto(`${instance.url}/admin/queue?queue=compress-blobs&state=delayed`);
      return (await page.locator('.jobs li').count()) === 1 ? true : null;
    };
    await until('a job to fail', isShown);
    expect(await page.textContent('.jobs')).toMatch(/[1-4] of 5 tries/);
    expect(await page.textContent('.jobs .bad')).toMatch(/\w/);
    expect(await fitsItsWidth(page)).toBe(true);
    await keepPicture(page, 'admin-delayed');
  });

  test('a flag that is withdrawn holds at once, and to log out ends the session', async () => {
    await using first = await openPages();
    await logIn(first.page);
    await using second = await openPages();
    await logIn(second.page);
    await Promise.all([second.page.waitForEvent('load'), second.page.click('text=Log out')]);
    expect(await second.page.textContent('h1')).toBe('Log in');
    expect(await setAdmin('off')).toMatchObject({ code: 0 });
    const answer = await first.page.goto(`${instance.url}/admin/queue`);
    expect([answer?.status(), await first.page.textContent('body')]).toEqual([
      404,
      expect.stringContaining('There is nothing at this address') as unknown,
    ]);
  });
});
