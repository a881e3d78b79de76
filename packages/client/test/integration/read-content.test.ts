import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createInstashareClient, createMemoryAuthStore } from '@instashare/client/node';
import { expect, test } from 'vitest';

const CONTENT = randomBytes(64 * 1024);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const TOKENS = {
  user: { id: '0197b6a0-0000-7000-8000-000000000001', email: 'ada@example.org', name: null },
  accessToken: 'access',
  refreshToken: 'refresh',
  expiresAt: '9999-01-01T00:00:00.000Z',
};

/** Gives the first half of the content and breaks off; then, when asked for the rest, that. */
async function startBreakingServer() {
  const server = createServer((request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = CONTENT.subarray(start);
    response.writeHead(start === 0 ? 200 : 206, { etag: `"${SHA256}"`, 'content-length': rest.byteLength });
    if (start > 0) response.end(rest);
    else
      response.write(rest.subarray(0, CONTENT.byteLength / 2), () =>
        setTimeout(() => response.destroy(), 50),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a pause of the one who reads is not taken for a silent line', async () => {
  await using server = await startBreakingServer();
  await using client = createInstashareClient({ url: server.url, auth: createMemoryAuthStore(TOKENS) });
  const file = { id: 'some-file', sha256: SHA256, sizeBytes: CONTENT.byteLength };
  const retry = { baseMs: 1, capMs: 2, stalledAfterMs: 200 };
  const blocks: Uint8Array[] = [];
  for await (const block of client.readContent({ file, retry })) {
    blocks.push(block);
    await delay(300);
  }
  expect(Buffer.concat(blocks).equals(CONTENT)).toBe(true);
});
