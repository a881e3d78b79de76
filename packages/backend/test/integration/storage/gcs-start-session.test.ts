import { Storage } from '@google-cloud/storage';
import { expect, test } from 'vitest';
import { startSession } from '../../../src/storage/gcs/start-session.ts';
import { newKey } from '../../storage/driver-world.ts';
import { FAST_RETRY, openGcsWorld } from '../../storage/gcs-world.ts';

test('gcs: a session whose start is not answered in time is started anew', async () => {
  await using world = await openGcsWorld();
  const { server } = world;
  const library = new Storage({ apiEndpoint: server.url, retryOptions: { autoRetry: false } });
  const context = { bucket: library.bucket(server.bucket), retry: FAST_RETRY };
  server.plan('start', { kind: 'slow', delayMs: 60_000 });
  expect(await startSession(context, newKey(), { timeoutMs: 100 })).toContain('upload_id=');
});
