/** `@instashare/client` in a real browser: bundled from the installed package, beside the server at one origin. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { freshEmail } from '../harness/account.ts';
import { BROWSER, openBrowser } from '../harness/browser.ts';
import { type BrowserBundle, bundleForBrowser } from './bundle.ts';
import { compile, type PackedClient, packClient } from './packed.ts';
import { servePage } from './page-server.ts';

const SETUP_TIMEOUT_MS = 300_000;
const SIZE_BYTES = 20 * 1024 * 1024;
const server = inject('server');

const resultSchema = z.looseObject({
  sent: z.string(),
  stored: z.string(),
  received: z.string(),
  progressTold: z.number(),
});

let packed: PackedClient;
let bundle: BrowserBundle;
beforeAll(async () => {
  packed = await packClient();
  await compile(packed.project, 'tsconfig.browser.json');
  bundle = await bundleForBrowser(join(packed.project, 'out', 'browser.mjs'));
}, SETUP_TIMEOUT_MS);
afterAll(() => packed[Symbol.asyncDispose]());

test('nothing of Node is in it, and it is as large as its README says', async () => {
  expect(bundle.imports).toEqual([]);
  expect(bundle.code).not.toMatch(/["'`]node:|process\.getBuiltinModule|@node-rs/);
  const readme = await readFile(join(packed.project, 'node_modules/@instashare/client/README.md'), 'utf8');
  const said = Number(/is (\d+) kB of JavaScript, minified and gzipped/.exec(readme)?.[1]);
  expect(Math.abs(bundle.gzippedBytes / 1000 - said), `${bundle.gzippedBytes} bytes`).toBeLessThan(1);
});

describe.skipIf(BROWSER === null)(`in ${BROWSER ?? 'a browser: SKIPPED, none is installed'}`, () => {
  test('a Blob goes up in chunks, comes back verified, a stream goes up, and uploads are aborted', async () => {
    await using page = await servePage(bundle.code, server);
    const browser = await openBrowser();
    try {
      const tab = await browser.newPage();
      const complaints: string[] = [];
      tab.on('pageerror', (error) => complaints.push(error.message));
      await tab.goto(page.url);
      await tab.waitForFunction('typeof globalThis.transfer === "function"');
      const args = JSON.stringify([page.url, freshEmail()]);
      const result: unknown = await tab.evaluate(`transfer(...${args})`);
      expect(complaints).toEqual([]);
      const { sent, stored, received, progressTold, ...rest } = resultSchema.parse(result);
      expect([stored, received]).toEqual([sent, sent]);
      expect(progressTold).toBeGreaterThanOrEqual(3);
      expect(rest).toEqual({
        type: ['application/x-test', 'application/x-test'],
        status: 'ready',
        progressEnd: SIZE_BYTES,
        part: 10,
        streamed: true,
        aborted: 'AbortError',
        still: 'enough, cancelled',
        paths: ['page.bin', 'stream.bin'],
      });
    } finally {
      await browser.close();
    }
  });
});
