import { randomBytes } from 'node:crypto';
import { createInstashareClient, createMemoryAuthStore, createUploadLimit } from '@instashare/client/node';
import { expect, test } from 'vitest';
import { startTestApi } from '../support/index.ts';

test('C18: bundles and uploads together stay within the limit, arrive whole, and go on fast when it is taken away', async () => {
  await using api = await startTestApi();
  const uploadLimit = createUploadLimit(500_000);
  const auth = createMemoryAuthStore();
  await using client = createInstashareClient({ url: api.url, auth, uploadLimit });
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
  const small = [1, 2, 3].map((index) => ({ path: `small/${index}`, bytes: randomBytes(50_000) }));
  const large = randomBytes(250_000);
  const sent: number[] = [];
  const send = (path: string, bytes: Uint8Array) =>
    client.upload(bytes, { path, onProgress: (accepted) => sent.push(accepted) });

  const startedAtMs = performance.now();
  await Promise.all([client.uploadBundle(small), send('large', large)]);
  const tookMs = performance.now() - startedAtMs;
  // 400 kB, of which 100 kB may go at once, and the last slice is not waited for.
  expect(tookMs).toBeGreaterThan(490);
  expect(sent.length, 'the line moves all the time').toBeGreaterThan(4);
  for (const { path, bytes } of [...small, { path: 'large', bytes: large }]) {
    const file = await client.call((trpc) => trpc.files.byPath.query({ path }));
    const blocks: Uint8Array[] = [];
    for await (const block of client.readContent({ file })) blocks.push(block);
    expect(Buffer.concat(blocks).equals(bytes), path).toBe(true);
  }

  uploadLimit.bytesPerSecond = 20_000;
  const unlimited = performance.now();
  const sending = send('later', randomBytes(2_000_000));
  uploadLimit.bytesPerSecond = null;
  await sending;
  expect(performance.now() - unlimited, 'not 100 s').toBeLessThan(10_000);
});
