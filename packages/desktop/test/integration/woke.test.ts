import { expect, test } from 'vitest';
import { LOGIN, openLoginServer, startEngine } from '../support/login-server.ts';

/** Else it is asked again after ten seconds, and the events of its files after three. */
const AT_ONCE_MS = 2_000;

test('after sleep the server is asked at once, and the events of its files are listened to anew', async () => {
  await using server = await openLoginServer();
  await using engine = await startEngine(() => undefined);
  await engine.handlers['account.login']({ ...LOGIN, server: server.url });
  const counted = () =>
    ['/healthz', '/events'].map((path) => server.asked.filter((asked) => asked.endsWith(path)).length);
  await expect.poll(counted).toEqual([1, 1]);
  await engine.handlers['engine.woke'](undefined);
  await expect.poll(counted, { timeout: AT_ONCE_MS }).toEqual([2, 2]);
});
