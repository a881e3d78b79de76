/** What is large goes through the api in a stream, whichever way: its memory does not grow with it. */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Account, registerUser } from '../harness/account.ts';
import { expectJson, send } from '../harness/http.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { filesSchema, openedSchema, type StoredFile } from '../harness/schemas.ts';
import { complete, MIB, postBundle, textBytes, toByteStream, untilReady } from '../harness/uploads.ts';

const SIZE_BYTES = 400 * MIB;
const MOST_GROWTH_BYTES = 100 * MIB;

const block = textBytes(MIB);
function* content(): Generator<Uint8Array> {
  for (let at = 0; at < SIZE_BYTES; at += block.length) yield block;
}
const sha256 = (() => {
  const hash = createHash('sha256');
  for (const each of content()) hash.update(each);
  return hash.digest('hex');
})();

async function expectNoGrowth(instance: Instance, work: () => Promise<void>): Promise<void> {
  const before = await instance.peakMemoryBytes('api');
  await work();
  const grownBytes = (await instance.peakMemoryBytes('api')) - before;
  expect(grownBytes, 'bytes of memory for 400 MiB of content').toBeLessThan(MOST_GROWTH_BYTES);
}

async function uploadBySession(user: Account, path: string): Promise<StoredFile> {
  const json = { path, sizeBytes: SIZE_BYTES, sha256 };
  const { upload } = await user.post('/uploads', openedSchema, json);
  const { status } = await send('PUT', upload.url, {
    headers: upload.headers,
    body: toByteStream(content()),
  });
  expect(status).toBe(200);
  return complete(user, upload);
}

describe('S11: what is uploaded is never gathered in memory', () => {
  test('by a form', async () => {
    await using instance = await startInstance();
    const user = await registerUser(instance.url);
    const boundary = 'a-boundary-that-is-nowhere-else';
    function* form(): Generator<Uint8Array> {
      const part = 'Content-Disposition: form-data; name="file"; filename="large.txt"';
      yield Buffer.from(`--${boundary}\r\n${part}\r\n\r\n`);
      yield* content();
      yield Buffer.from(`\r\n--${boundary}--\r\n`);
    }
    await expectNoGrowth(instance, async () => {
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
      const answer = await user.send('POST', '/upload_files', { headers, body: toByteStream(form()) });
      expect(expectJson(answer, filesSchema).files).toMatchObject([{ sizeBytes: SIZE_BYTES, sha256 }]);
    });
  });

  test('by an upload session', async () => {
    await using instance = await startInstance();
    const user = await registerUser(instance.url);
    await expectNoGrowth(instance, async () => {
      expect(await uploadBySession(user, 'large.txt')).toMatchObject({ sizeBytes: SIZE_BYTES, sha256 });
    });
  });

  test('by bundles, twenty-five at once', async () => {
    const bundleSchema = z.object({ results: z.array(z.object({ file: z.object({ path: z.string() }) })) });
    await using instance = await startInstance();
    const user = await registerUser(instance.url);
    const sendBundle = async (name: string) => {
      const files = new Map(Array.from({ length: 8 }, (_, at) => [`${name}/${at}`, randomBytes(MIB)]));
      const { results } = expectJson(await postBundle(user, files), bundleSchema);
      expect(results.map(({ file }) => file.path)).toEqual([...files.keys()]);
    };
    await expectNoGrowth(instance, async () => {
      for (const half of ['first', 'second'])
        await Promise.all(Array.from({ length: 25 }, (_, at) => sendBundle(`${half}-${at}`)));
    });
  });
});

describe('S10: what is small when it is stored, and large when it is read, is never gathered in memory', () => {
  test('a file, and a zip of a folder', async () => {
    await using first = await startInstance();
    const user = await registerUser(first.url);
    const file = await untilReady(user, await uploadBySession(user, 'folder/large.txt'));
    expect(file.storedBytes).toBeLessThan(SIZE_BYTES / 50);
    const made = await user.post('/shares', z.object({ url: z.string() }), { folder: 'folder' });
    const authorization = `Bearer ${user.auth.accessToken}`;
    // One whose memory has not grown by the upload.
    first.pressCtrlC();
    await first.exited;
    await using instance = await startInstance({ like: first });

    await expectNoGrowth(instance, async () => {
      const whole = await fetch(`${instance.url}/files/${file.id}/content`, { headers: { authorization } });
      expect(await digestOf(whole)).toEqual({ sizeBytes: SIZE_BYTES, sha256 });
      const zip = await digestOf(await fetch(`${made.url}/zip`));
      expect(zip.sizeBytes).toBeGreaterThan(SIZE_BYTES);
      expect(zip.sizeBytes).toBeLessThan(SIZE_BYTES + 1000);
    });
  });
});

async function digestOf(response: Response): Promise<{ sizeBytes: number; sha256: string }> {
  expect(response.status).toBe(200);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const body: AsyncIterable<Uint8Array> = response.body ?? expect.fail();
  for await (const chunk of body) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
