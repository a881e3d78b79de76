import { expect, test } from 'vitest';
import { createStoredWorld, createWorld, manyFiles, whileWatching } from '../../test/support/memory-world.ts';

const LARGE_BYTES = 2 * 1024 * 1024;

test('paused, changes are noticed and nothing is uploaded, by the next engine neither', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    sync.control.pause.set(true);
    world.files.write('a', 'A');
    world.hint('a');
    await world.clock.advance(60_000);
    expect(sync.status()).toMatchObject({ phase: 'paused', totalFiles: 1, doneFiles: 0 });
  });
  expect(world.remote.current()).toEqual({});

  const next = world.engine();
  await next.start();
  await world.clock.advance(60_000);
  expect(world.remote.current(), 'after a restart').toEqual({});
  next.control.pause.set(false);
  await world.clock.advance(2_000);
  expect(world.remote.current()).toEqual({ a: 'A' });
  await world.stop(next);
  expect(world.events.filter(({ type }) => type === 'paused' || type === 'unpaused')).toEqual([
    { type: 'paused' },
    { type: 'paused' },
    { type: 'unpaused' },
  ]);
});

test('a large file that is on its way when it is paused goes on where it was', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    world.remote.onSent(async (_path, sentBytes) => {
      if (sentBytes !== LARGE_BYTES / 2) return;
      world.remote.onSent(null);
      sync.control.pause.set(true);
      await Promise.resolve();
    });
    world.files.write('large', 'l'.repeat(LARGE_BYTES));
    world.hint('large');
    await world.clock.advance(60_000);
    expect(world.remote.current()).toEqual({});
    sync.control.pause.set(false);
    await world.clock.advance(10_000);
  });
  expect(Object.keys(world.remote.current())).toEqual(['large']);
  expect(world.remote.sentBytes).toBeLessThan(LARGE_BYTES * 1.1);
});

test('a single run does not heed the pause of a running watch', async () => {
  const world = createWorld();
  world.env.state.setPaused(true);
  world.files.write('a', 'A');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ a: 'A' });
});

test('C21: what no watch noticed is found at once by one who asks, and what failed is tried again', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    world.remote.failPath('refused', 'invalid_input');
    world.files.write('refused', 'R');
    world.hint('refused');
    await world.clock.advance(2_000);
    world.remote.failPath('refused', null);
    world.files.write('missed', 'M');
    const looked = sync.control.rescan();
    await world.clock.advance(2_000);
    await looked;
    expect(world.remote.current()).toEqual({ missed: 'M', refused: 'R' });
    expect(sync.problems()).toEqual([]);
  });
});

test('C14: asked for, the wait for a server that is away ends at once', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    world.remote.failAll('quota_exceeded');
    world.files.write('a', 'A');
    world.hint('a');
    await world.clock.advance(5_000);
    expect(sync.control.waiting()).toMatchObject({ reason: 'quota' });
    const left = sync.control.waiting()?.retryInMs ?? 0;
    await world.clock.advance(1_000);
    expect(sync.control.waiting()?.retryInMs).toBe(left - 1_000);
    world.remote.failAll(null);
    const looked = sync.control.rescan();
    await world.clock.advance(1_000);
    await looked;
    expect(sync.control.waiting()).toBeNull();
    expect(world.remote.current()).toEqual({ a: 'A' });
  });
});

test('C23: for each path it can be said why it is, or is not, on the server', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    const explain = (path: string) => sync.control.explain(path);
    world.files.write('fine', 'F');
    world.hint('fine');
    world.remote.failPath('refused', 'invalid_input');
    world.remote.failPath('shaky', 'internal_error');
    world.files.write('refused', 'R');
    world.files.write('shaky', 'S');
    world.hint('refused', 'shaky');
    await world.clock.advance(2_000);
    await expect(explain('fine')).resolves.toMatchObject({ state: 'stored', version: 1, sizeBytes: 1 });
    await expect(explain('refused')).resolves.toMatchObject({
      state: 'given_up',
      code: 'invalid_input',
      failureClass: 'permanent',
    });
    await expect(explain('shaky')).resolves.toMatchObject({
      state: 'retrying',
      code: 'internal_error',
      failureClass: 'transient',
    });
    await expect(explain('nothing')).resolves.toEqual({ state: 'missing', isStored: false, isHeld: false });
    world.files.write('fresh', 'F');
    await expect(explain('fresh')).resolves.toEqual({ state: 'unseen' });
    world.hint('fresh');
    await world.clock.settle();
    await expect(explain('fresh')).resolves.toMatchObject({ state: 'settling' });
    await expect(explain('')).resolves.toMatchObject({ state: 'folder', count: 1 });
  });
});

test('C19: it is not up to date before the server was told of what is gone, or was moved', async () => {
  const world = await createStoredWorld({ gone: 'G', 'old/moved': 'M', stays: 'S' });
  await whileWatching(world, async (sync) => {
    const phase = () => sync.status().phase;
    const paths = () => Object.keys(world.remote.current()).toSorted();
    await world.clock.advance(10_000);
    expect(phase()).toBe('up_to_date');
    world.files.remove('gone');
    world.hint('gone');
    await world.clock.advance(500);
    expect([phase(), paths()]).toEqual(['scanning', ['gone', 'old/moved', 'stays']]);
    await world.clock.advance(10_000);
    expect([phase(), paths()]).toEqual(['up_to_date', ['old/moved', 'stays']]);
    world.files.rename('old', 'new');
    world.hint('old', 'new');
    await world.clock.advance(100);
    expect([phase(), paths()]).toEqual(['scanning', ['old/moved', 'stays']]);
    await world.clock.advance(10_000);
    expect([phase(), paths()]).toEqual(['up_to_date', ['new/moved', 'stays']]);
  });
});

test('C23: of a file whose deletion waits it is told that, and of others that are gone', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), stays: 'S' });
  await whileWatching(world, async (sync) => {
    world.files.remove('many');
    world.hint('many');
    await world.clock.advance(500);
    const explain = () => sync.control.explain('many/f1');
    await expect(explain()).resolves.toEqual({ state: 'missing', isStored: true, isHeld: false });
    await world.clock.advance(10_000);
    await expect(explain()).resolves.toEqual({ state: 'missing', isStored: true, isHeld: true });
  });
});
