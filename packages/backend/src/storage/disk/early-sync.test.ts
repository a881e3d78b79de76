import { expect, test } from 'vitest';
import { createEarlySync } from './early-sync.ts';

const ENOUGH_BYTES = 32 * 1024 * 1024;

/** A handle whose syncs end when they are told to. */
function fakeHandle() {
  const pending: PromiseWithResolvers<void>[] = [];
  const datasync = () => {
    const sync = Promise.withResolvers<void>();
    pending.push(sync);
    return sync.promise;
  };
  return { datasync, pending };
}

test('one sync at a time, each time enough has come', async () => {
  const handle = fakeHandle();
  const early = createEarlySync(handle);
  early.note(ENOUGH_BYTES - 1);
  expect(handle.pending).toHaveLength(0);
  early.note(1);
  early.note(ENOUGH_BYTES);
  expect(handle.pending).toHaveLength(1);
  handle.pending[0]?.resolve();
  expect(await early.settle()).toBeNull();
  early.note(0);
  expect(handle.pending).toHaveLength(2);
});

test('a sync that failed is not forgotten over one that did not: the system tells of it only once', async () => {
  const handle = fakeHandle();
  const early = createEarlySync(handle);
  const cause = new Error('EIO');
  early.note(ENOUGH_BYTES);
  handle.pending[0]?.reject(cause);
  expect(await early.settle()).toEqual({ cause });
  early.note(ENOUGH_BYTES);
  handle.pending[1]?.resolve();
  expect(await early.settle()).toEqual({ cause });
});
