import { expect, test } from 'vitest';
import { createWorld, type World } from '../../test/support/memory-world.ts';

test('killed in the middle and started again, it stores nothing twice, and misses nothing', async () => {
  const world = createWorld();
  for (let index = 0; index < 3_000; index += 1) world.files.write(`f${index}`, `content ${index}`);
  await world.clock.advance(5_000);
  world.remote.hangFrom(600);
  const dead = world.engine({ mode: 'once', limits: { small: 1, large: 1 } });
  await dead.start();
  await world.clock.advance(5_000);
  // The crash comes with some noted down, some that are stored without that we know, and some not begun.
  const stored = world.remote.versions.length;
  const noted = world.env.state.totals().files;
  expect([noted > 0, noted < stored, stored < 3_000]).toEqual([true, true, true]);
  world.remote.revive();
  await world.uploadOnce();
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(world.remote.versions).toHaveLength(3_000);
});

test('an acknowledgement that was not noted down makes no second version', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  await world.uploadOnce();
  const forgetful = world.forgetState();
  await forgetful.uploadOnce();
  expect(world.remote.versions).toEqual(['a=A']);
  expect(forgetful.eventsOf('stored')).toMatchObject([{ path: 'a', alreadyStored: true, sentBytes: 0 }]);
});

test('of many it costs asking, not the bytes', async () => {
  const world = createWorld();
  for (let index = 0; index < 400; index += 1)
    world.files.write(`f${index}`, `${index} `.padEnd(10_000, '.'));
  await world.uploadOnce();
  const { sentBytes } = world.remote;
  await world.forgetState().uploadOnce();
  expect(world.remote.sentBytes).toBe(sentBytes);
  expect(world.remote.versions).toHaveLength(400);
});

test('and of a large file costs a hash, not the bytes', async () => {
  const world = createWorld();
  world.files.write('large', 'l'.repeat(3_000_000));
  await world.uploadOnce();
  const { sentBytes } = world.remote;
  await world.forgetState().uploadOnce();
  expect(world.remote.sentBytes).toBe(sentBytes);
});

test('a large file goes on where it was', async () => {
  const world = createWorld();
  const sizeBytes = 4 * 1024 * 1024;
  world.files.write('large', 'l'.repeat(sizeBytes));
  await world.clock.advance(5_000);
  world.remote.onSent((_path, sent) => {
    if (sent > sizeBytes / 2) world.remote.failAll('network');
  });
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'network' });
  const [begun] = world.env.state.openUploads();
  expect(world.remote.sessions.get(begun?.uploadId ?? '')).toBeGreaterThanOrEqual(sizeBytes / 2);
  world.remote.onSent(null);
  world.remote.failAll(null);
  await world.uploadOnce();
  expect(world.remote.versions).toEqual([`large=${'l'.repeat(sizeBytes)}`]);
  expect(world.remote.sentBytes).toBeLessThan(sizeBytes * 1.1);
  expect(world.env.state.openUploads()).toEqual([]);
});

test('but not when the file is another by now: that upload is ended and a new one begun', async () => {
  const world = createWorld();
  world.files.write('large', 'a'.repeat(3_000_000));
  await world.clock.advance(5_000);
  world.remote.onSent(() => world.remote.failAll('network'));
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'network' });
  const [begun] = world.env.state.openUploads();
  world.remote.onSent(null);
  world.remote.failAll(null);
  world.files.write('large', 'b'.repeat(3_000_000));
  await world.uploadOnce();
  expect(world.remote.versions).toEqual([`large=${'b'.repeat(3_000_000)}`]);
  expect(world.remote.cancelled).toEqual([begun?.uploadId]);
});

test('an upload whose file is gone is ended', async () => {
  const world = createWorld();
  world.files.write('large', 'a'.repeat(3_000_000));
  await world.clock.advance(5_000);
  world.remote.onSent(() => world.remote.failAll('network'));
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'network' });
  world.remote.failAll(null);
  world.files.remove('large');
  await world.uploadOnce();
  expect(world.remote.cancelled).toHaveLength(1);
  expect(world.env.state.openUploads()).toEqual([]);
});

test.each([
  ['a copy of another', (world: World) => world.files.write('copy', 'x'.repeat(2_000_000))],
  ['one that was only touched', (world: World) => world.files.touch('original')],
])('%s is hashed before anything is sent', async (_what, change) => {
  const world = createWorld();
  world.files.write('original', 'x'.repeat(2_000_000));
  await world.clock.advance(5_000);
  await world.uploadOnce();
  const { sentBytes } = world.remote;
  change(world);
  await world.uploadOnce();
  expect(world.remote.sentBytes).toBe(sentBytes);
  expect(world.remote.current()).toEqual(world.files.contents());
});
