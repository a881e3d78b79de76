import { expect, test } from 'vitest';
import { createWorld } from '../../test/support/memory-world.ts';
import { reviewIntent } from './review-intent.ts';

test('of a file that can not be looked at nobody is asked, and the others are not held up', async () => {
  const { env } = createWorld();
  const files = { ...env.files, look: () => Promise.reject(new Error('EACCES: permission denied')) };
  const intent = { path: 'a', localPath: 'a', is: 'f'.repeat(64), version: null, notedAtMs: 1, endedAtMs: 2 };
  const { signal } = new AbortController();
  expect(await reviewIntent({ ...env, files }, intent, signal)).toBe('open');
});
