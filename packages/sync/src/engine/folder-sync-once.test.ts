import { expect, test } from 'vitest';
import { createWorld } from '../../test/support/memory-world.ts';

test('everything in the folder arrives, folders and all', async () => {
  const world = createWorld();
  world.files.write('a.txt', 'A');
  world.files.write('deep/er/b.txt', 'B');
  world.files.write('empty', '');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ 'a.txt': 'A', 'deep/er/b.txt': 'B', empty: '' });
});

test('a second run asks the server nothing', async () => {
  const world = createWorld();
  world.files.write('a.txt', 'A');
  await world.clock.advance(5_000);
  await world.uploadOnce();
  const calls = world.remote.calls;
  await world.uploadOnce();
  expect(world.remote.calls).toBe(calls);
});

test('an empty folder is done at once', async () => {
  const world = createWorld();
  await world.uploadOnce();
  expect(world.eventsOf('up_to_date')).toEqual([{ type: 'up_to_date', files: 0, sizeBytes: 0, problems: 0 }]);
});

test('a folder that is not there is an error', async () => {
  const world = createWorld();
  world.files.remove('');
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'ENOENT' });
});

test('changed files get a new version, touched ones none', async () => {
  const world = createWorld();
  for (const name of ['same', 'touched', 'changed']) world.files.write(name, 'one');
  await world.uploadOnce();
  await world.clock.advance(10_000);
  world.files.write('changed', 'two');
  world.files.touch('touched');
  await world.uploadOnce();
  expect(world.remote.versions.slice(3)).toEqual(['changed=two']);
});

test('a change that the stat does not show is found, because the time was too fresh to be trusted', async () => {
  const world = createWorld();
  world.files.write('a.txt', 'one');
  await world.uploadOnce();
  world.files.writeWithinTick('a.txt', 'two');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ 'a.txt': 'two' });
});

test('C6: a file that the server refuses is listed, and the others go on', async () => {
  const world = createWorld();
  for (let index = 0; index < 50; index += 1) world.files.write(`f${index}`, String(index));
  world.remote.failPath('f7', 'invalid_input');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toHaveLength(49);
  expect(world.eventsOf('problem')).toEqual([
    { type: 'problem', localPath: 'f7', code: 'invalid_input', message: 'told to fail with invalid_input' },
  ]);
});

test('a file that fails again and again is given up at last', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.files.write('b', 'B');
  world.remote.failPath('a', 'internal_error');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ b: 'B' });
  expect(world.eventsOf('problem').at(-1)).toMatchObject({ localPath: 'a', code: 'internal_error' });
});

test('a full account is no reason to wait: what fits is stored, the rest is listed', async () => {
  const world = createWorld();
  world.files.write('fits', 'A');
  world.files.write('too big', 'B');
  world.remote.failPath('too big', 'quota_exceeded');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ fits: 'A' });
  expect(world.eventsOf('problem')).toMatchObject([{ localPath: 'too big', code: 'quota_exceeded' }]);
});

test('a server that does not answer is waited for, for a while', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.remote.failAll('network');
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'network' });
  expect(world.clock.now().monotonicMs).toBeGreaterThanOrEqual(60_000);
});

test('a server that is overloaded all the time is not called unreachable', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.remote.failAll('unavailable');
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'unavailable' });
});

test('an ended session is an error at once', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.remote.failAll('session_ended');
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'session_ended' });
  expect(world.clock.now().monotonicMs).toBeLessThan(1_000);
});
