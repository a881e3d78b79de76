/** The page of a share link as people see it. `SCREENSHOTS=folder` keeps pictures of it, to be looked at. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Account, registerUser } from '../harness/account.ts';
import { BROWSER, openBrowser } from '../harness/browser.ts';
import { complaintsOf, DESKTOP, fitsItsWidth, keepPicture, PHONE } from '../harness/pages.ts';
import { uploadFile } from '../harness/uploads.ts';

const server = inject('server');
const madeSchema = z.object({ url: z.url(), share: z.object({ id: z.uuid() }) });

/** A PNG of one violet dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAChAGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Half a second of silence, as WAV. */
const SOUND = soundOf(4000);

function soundOf(samples: number): Buffer<ArrayBuffer> {
  const rate = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  // PCM, one channel.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)]);
}

async function shareOf(user: Account, json: Record<string, unknown>): Promise<string> {
  return (await user.post('/shares', madeSchema, json)).url;
}

async function upload(user: Account, path: string, bytes: Buffer<ArrayBuffer>): Promise<string> {
  return (await uploadFile(user, { path, bytes })).id;
}

describe.skipIf(BROWSER === null)(`in ${BROWSER ?? 'a browser: SKIPPED, none is installed'}`, () => {
  let browser: Browser;
  let user: Account;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    user = await registerUser(server);
  });
  afterAll(() => browser.close());

  test.each([
    ['light', DESKTOP],
    ['dark', DESKTOP],
    ['light', PHONE],
    ['dark', PHONE],
  ] as const)('a picture is shown and downloads, %s, %o wide', async (colorScheme, viewport) => {
    const id = await upload(
      user,
      `holiday-${colorScheme}-${viewport.width}/a very long name of a picture of the beach.png`,
      DOT,
    );
    const url = await shareOf(user, { fileId: id, expiresAt: '2031-02-03T04:05:06Z' });
    const context = await browser.newContext({ colorScheme, viewport, javaScriptEnabled: true });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(url);
    expect(await page.title()).toBe('a very long name of a picture of the beach.png');
    expect(await page.evaluate('document.images[0].naturalWidth')).toBe(1);
    expect(await page.textContent('.facts')).toMatch(/^70 bytes · available until 2031-02-03 04:05 UTC$/);
    expect(await fitsItsWidth(page)).toBe(true);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(15, 19, 23)' : 'rgb(243, 245, 247)');
    await keepPicture(page, `picture-${colorScheme}-${viewport.width}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download')]);
    expect(download.suggestedFilename()).toBe('a very long name of a picture of the beach.png');
    expect(await readFile(await download.path())).toEqual(DOT);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    { kind: 'audio', name: 'song.wav', bytes: SOUND },
    // Not one that plays: of what kind it is its name says, and whether the browser asks for it is seen here.
    { kind: 'video', name: 'film.mp4', bytes: Buffer.from('no film') },
  ])('without scripts $name is shown and downloads', async ({ kind, name, bytes }) => {
    const url = await shareOf(user, { fileId: await upload(user, name, bytes) });
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const [asked] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('disposition=inline')),
      page.goto(url),
    ]);
    expect(asked.request().resourceType()).toBe('media');
    expect(asked.headers()['content-disposition']).toMatch(/^inline/);
    expect(asked.headers()['content-type']).toMatch(new RegExp(`^${kind}/`));
    expect(await page.locator(`${kind}[controls]`).isVisible()).toBe(true);
    if (kind === 'audio')
      await expect.poll(() => page.evaluate('document.querySelector("audio").duration')).toBe(0.5);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download')]);
    expect(download.suggestedFilename()).toBe(name);
    expect(await readFile(await download.path())).toEqual(bytes);
    await context.close();
  });

  test('a password is asked for; a wrong one is said to be wrong, and the right one opens', async () => {
    const id = await upload(user, 'notes.txt', Buffer.from('Line one\n<b>not bold</b>\nline three\n'));
    const url = await shareOf(user, { fileId: id, password: 'open sesame' });
    const context = await browser.newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.goto(url);
    await keepPicture(page, 'password');
    const give = async (password: string) => {
      await page.fill('input[name=password]', password);
      await Promise.all([page.waitForEvent('load'), page.click('button')]);
    };
    await give('a guess');
    expect(await page.textContent('[role=alert]')).toBe('The password is wrong');
    await keepPicture(page, 'password-wrong');
    await give('open sesame');
    expect(page.url()).toBe(url);
    expect(await page.textContent('pre')).toBe('Line one\n<b>not bold</b>\nline three\n');
    await keepPicture(page, 'text');
    await context.close();
  });

  test('a folder is listed and downloads as a zip; what was revoked says so', async () => {
    for (const name of ['one.txt', 'two.txt', `deep/${'long '.repeat(30)}.txt`]) {
      await upload(user, `project/${name}`, Buffer.from(name));
    }
    const made = await user.post('/shares', madeSchema, { folder: 'project', maxDownloads: 1 });
    const context = await browser.newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.goto(made.url);
    expect(await page.locator('.files li').count()).toBe(3);
    expect(await fitsItsWidth(page)).toBe(true);
    await keepPicture(page, 'folder');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download all')]);
    expect(download.suggestedFilename()).toBe('project.zip');
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
    await page.reload();
    expect(await page.textContent('h1')).toBe('This link does not work');
    await keepPicture(page, 'over');
    await context.close();
  });

  test.each(['page.html', 'image.svg'])('S8: an uploaded %s runs nothing, by no door', async (name) => {
    const attack = `<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = 'attacked'</script></svg>`;
    const id = await upload(user, name, Buffer.from(attack));
    const url = await shareOf(user, { fileId: id });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    expect(await page.title()).toBe(name);
    // It is a download and no page: the browser stays where it is.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.goto(`${url}/content?disposition=inline`).catch(() => null),
    ]);
    expect([download.suggestedFilename(), await page.title()]).toEqual([name, name]);
    await context.close();
  });
});
