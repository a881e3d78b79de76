import { InstashareError } from '@instashare/client';
import { expect, test } from 'vitest';
import { createFolderSync } from '../../src/engine/folder-sync.ts';
import { createStoredWorld, type World, whileWatching } from '../../test/support/memory-world.ts';
import { makeMortal } from '../../test/support/mortal.ts';

const LARGE = 'l'.repeat(3_000_000);
const OTHERS = { one: '1', two: '2', three: '3' };

/** Watches until the server has done `what`; then the program is killed, and knows of no answer. */
async function killAt(world: World, what: 'upload' | 'move'): Promise<void> {
  const mortal = makeMortal(world.env);
  let isKilled = false;
  world.remote.onChange((done, when) => {
    if (done !== what || when === 'before') return;
    isKilled = true;
    mortal.kill();
  });
  void createFolderSync(mortal.env, { mode: 'watch', onEvent: () => {} }).start();
  await world.clock.until(() => isKilled);
  world.remote.onChange(null);
}

test.each([
  ['small', 'A'],
  ['large', LARGE],
])(
  'a %s file that was stored in the moment of a kill, and is gone by the next start, is deleted',
  async (_, content) => {
    const world = await createStoredWorld(OTHERS);
    world.files.write('a', content);
    await world.clock.advance(5_000);
    await killAt(world, 'upload');
    expect(world.remote.current()).toMatchObject({ a: content });
    world.files.remove('a');
    await world.uploadOnce();
    expect([world.remote.current(), world.remote.trash()]).toEqual([OTHERS, { a: content }]);
    expect(world.env.state.intents()).toEqual([]);
  },
);

test('and so is one whose next version was stored then', async () => {
  const world = await createStoredWorld({ ...OTHERS, a: 'A' });
  world.files.write('a', 'AA');
  await world.clock.advance(5_000);
  await killAt(world, 'upload');
  world.files.remove('a');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual(OTHERS);
});

test('and one that was moved then', async () => {
  const world = await createStoredWorld({ ...OTHERS, a: 'A' });
  world.files.rename('a', 'b');
  await world.clock.advance(5_000);
  await killAt(world, 'move');
  expect(world.remote.current()).toMatchObject({ b: 'A' });
  world.files.remove('b');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual(OTHERS);
});

test('what another device has stored there since stays', async () => {
  const world = await createStoredWorld(OTHERS);
  world.files.write('a', 'A');
  await world.clock.advance(5_000);
  await killAt(world, 'upload');
  world.files.remove('a');
  world.remote.writeElsewhere('a', 'of another');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ ...OTHERS, a: 'of another' });
  expect(world.env.state.intents()).toEqual([]);
});

test('many of them are asked about first, as any others that are gone', async () => {
  const world = await createStoredWorld(OTHERS);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`many/${index}`, `${index}`]));
  for (const [path, content] of Object.entries(many)) world.files.write(path, content);
  await world.clock.advance(5_000);
  await killAt(world, 'upload');
  world.files.remove('many');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ ...OTHERS, ...many });
  expect(world.eventsOf('deletions_held')).toMatchObject([{ files: 30, reason: 'many' }]);
});

/** `a` is stored, the answer is lost, and from then on the server is away. */
async function storeUnheard(world: World): Promise<void> {
  world.files.write('a', 'A');
  world.hint('a');
  world.remote.onChange((_what, when) => {
    if (when === 'before') return;
    world.remote.failAll('network');
    throw new InstashareError('network', 'the answer was lost');
  });
  await world.clock.until(() => world.eventsOf('waiting').length > 0);
  world.remote.onChange(null);
}

test('the answer is lost, and the file is gone before it can be sent again', async () => {
  const world = await createStoredWorld(OTHERS);
  await whileWatching(
    world,
    async () => {
      await storeUnheard(world);
      world.files.remove('a');
      world.hint('a');
      await world.clock.advance(30_000);
      world.remote.failAll(null);
    },
    400_000,
  );
  expect(world.remote.current()).toEqual(OTHERS);
});

test('one that is still there is sent again, which makes no second version', async () => {
  const world = await createStoredWorld(OTHERS);
  world.files.write('a', 'A');
  await world.clock.advance(5_000);
  await killAt(world, 'upload');
  const versions = world.remote.versions.length;
  await world.uploadOnce();
  expect(world.remote.versions).toHaveLength(versions);
  expect(world.env.state.known('a')).toMatchObject({ localPath: 'a', version: 1 });
  expect(world.env.state.intents()).toEqual([]);
});

test('the same content that another device had stored there before is not ours to delete', async () => {
  const world = await createStoredWorld(OTHERS);
  world.remote.writeElsewhere('a', 'A');
  await world.clock.advance(600_000);
  await whileWatching(
    world,
    async () => {
      world.remote.failAll('network');
      world.files.write('a', 'A');
      world.hint('a');
      await world.clock.until(() => world.eventsOf('waiting').length > 0);
      world.files.remove('a');
      world.hint('a');
      await world.clock.advance(30_000);
      world.remote.failAll(null);
    },
    400_000,
  );
  expect([world.remote.current(), world.remote.trash()]).toEqual([{ ...OTHERS, a: 'A' }, {}]);
  expect(world.env.state.intents()).toEqual([]);
});

test('nor is what another device has made of a file since it was moved', async () => {
  const world = await createStoredWorld({ ...OTHERS, a: 'A' });
  world.files.rename('a', 'b');
  await world.clock.advance(5_000);
  await killAt(world, 'move');
  world.remote.writeElsewhere('b', 'edited');
  world.files.remove('b');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ ...OTHERS, b: 'edited' });
});

test('of two contents that were sent without an answer the one that is there is deleted', async () => {
  const world = await createStoredWorld(OTHERS);
  world.files.write('a', 'A');
  await world.clock.advance(5_000);
  await killAt(world, 'upload');
  world.files.write('a', 'AA');
  world.remote.failAll('network');
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'network' });
  world.remote.failAll(null);
  world.files.remove('a');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual(OTHERS);
});

/** The server is away while `a` is written and tried, and after it was removed; then it is back. */
async function whileAway(
  world: World,
  away: 'silent' | 'unreachable',
  act: () => Promise<void>,
): Promise<void> {
  const setAway = (isAway: boolean) =>
    away === 'silent' ? world.remote.failAll(isAway ? 'network' : null) : world.remote.unreachable(isAway);
  await whileWatching(
    world,
    async () => {
      setAway(true);
      world.files.write('a', 'A');
      world.hint('a');
      await world.clock.until(() => world.eventsOf('waiting').length > 0);
      await world.clock.advance(5_000);
      world.files.remove('a');
      world.hint('a');
      await act();
      setAway(false);
    },
    400_000,
  );
}

test('nor is the same content that another device has stored since what was asked for had ended', async () => {
  const world = await createStoredWorld(OTHERS);
  await whileAway(world, 'silent', async () => {
    await world.clock.advance(3_600_000);
    world.remote.writeElsewhere('a', 'A');
  });
  expect([world.remote.current(), world.remote.trash()]).toEqual([{ ...OTHERS, a: 'A' }, {}]);
  expect(world.env.state.intents()).toEqual([]);
});

test('nor what it has stored while nothing could be sent from here', async () => {
  const world = await createStoredWorld(OTHERS);
  await whileAway(world, 'unreachable', async () => {
    expect(world.env.state.intents()).toEqual([]);
    world.remote.writeElsewhere('a', 'A');
  });
  expect(world.remote.current()).toEqual({ ...OTHERS, a: 'A' });
});

test('nor what it has stored long after the kill', async () => {
  const world = await createStoredWorld(OTHERS);
  world.files.write('a', 'A');
  await world.clock.advance(5_000);
  const mortal = makeMortal(world.env);
  let isKilled = false;
  world.remote.onChange((_what, when) => {
    if (when === 'after') return;
    isKilled = true;
    mortal.kill();
    throw new InstashareError('network', 'nothing was stored');
  });
  void createFolderSync(mortal.env, { mode: 'watch', onEvent: () => {} }).start();
  await world.clock.until(() => isKilled);
  world.remote.onChange(null);
  expect(world.env.state.intents()).not.toEqual([]);
  world.files.remove('a');
  await world.clock.advance(2 * 3_600_000);
  world.remote.writeElsewhere('a', 'A');
  await world.clock.advance(3_600_000);
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ ...OTHERS, a: 'A' });
});

test('an answer that was lost is remembered over tries that fail for long after it', async () => {
  const world = await createStoredWorld(OTHERS);
  await whileWatching(
    world,
    async () => {
      await storeUnheard(world);
      await world.clock.advance(600_000);
      world.files.remove('a');
      world.hint('a');
      await world.clock.advance(30_000);
      world.remote.failAll(null);
    },
    400_000,
  );
  expect([world.remote.current(), world.remote.trash()]).toEqual([OTHERS, { a: 'A' }]);
});

test('what is answered later is not kept in mind', async () => {
  const world = await createStoredWorld(OTHERS);
  await whileWatching(world, async () => {
    world.remote.failAll('network');
    for (let index = 0; index < 100; index += 1) world.files.write(`many/${index}`, String(index));
    world.hint('many');
    await world.clock.until(() => world.env.state.intents().length > 0);
    world.remote.failAll(null);
    world.files.write('late', 'L');
    world.hint('late');
    await world.clock.until(() => Object.keys(world.remote.current()).length > 103);
    expect(world.env.state.intents()).toEqual([]);
  });
});
