import { expect, test } from 'vitest';
import { createPostWebhook } from './post-webhook.ts';

const request = { url: 'https://example.org/hook', headers: {}, body: '{}' };
const never = () => Promise.withResolvers<never>().promise;

test('a name server that does not answer takes no longer than a receiver that does not', async () => {
  const post = createPostWebhook({ allowedNetworks: [], timeoutMs: 20, resolve: never });
  const { signal } = new AbortController();
  await expect(post({ ...request, signal })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('and keeps nobody from stopping', async () => {
  const post = createPostWebhook({ allowedNetworks: [], resolve: never });
  const stop = new AbortController();
  const posted = post({ ...request, signal: stop.signal });
  stop.abort(new Error('told to stop'));
  await expect(posted).rejects.toThrow('told to stop');
});

test('whether a name is unknown or leads inside is not told', async () => {
  const messages = await Promise.all(
    [() => Promise.reject(new Error('ENOTFOUND')), async () => [{ address: '10.0.0.1', family: 4 }]].map(
      async (resolve) => {
        const post = createPostWebhook({ allowedNetworks: [], resolve });
        const { signal } = new AbortController();
        const failure: unknown = await post({ ...request, signal }).catch((error: unknown) => error);
        return failure instanceof Error ? failure.message : failure;
      },
    ),
  );
  expect(new Set(messages)).toEqual(new Set(['example.org does not lead to a public address']));
});
