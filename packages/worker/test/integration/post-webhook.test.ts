import { once } from 'node:events';
import http from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createPostWebhook } from '../../src/webhooks/post-webhook.ts';

test('a webhook goes through no proxy, which would look up its name by itself and reach what nobody has checked', async () => {
  await using server = http.createServer((_, response) => void response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const url = `http://127.0.0.1:${address.port}`;
  // As a worker with a bucket has it. Nobody listens there.
  onTestFinished(http.setGlobalProxyFromEnv({ HTTP_PROXY: 'http://127.0.0.1:2' }));
  await expect(fetch(url)).rejects.toThrow('fetch failed');

  const post = createPostWebhook({ allowedNetworks: ['127.0.0.0/8'] });
  const { signal } = new AbortController();
  expect(await post({ url, headers: {}, body: '{}', signal })).toBe(200);
});
