import { expect, test, vi } from 'vitest';
import { createStoredWorld, manyFiles, type World, whileWatching } from '../../test/support/memory-world.ts';

/** Both ways to notice: the system's hints, and the scan of the next run. */
const WAYS = [
  ['watched', (world: World, act: () => void, hints: string[]) => watched(world, act, hints)],
  ['found by the next run', (world: World, act: () => void) => found(world, act)],
] as const;

async function watched(world: World, act: () => void, hints: string[]): Promise<void> {
  await whileWatching(
    world,
    () => {
      act();
      world.hint(...hints);
    },
    20_000,
  );
}

async function found(world: World, act: () => void): Promise<void> {
  act();
  await world.uploadOnce();
}

const movesOf = (world: World) => world.eventsOf('moved').map(({ from, path }) => `${from} -> ${path}`);

test.each(WAYS)(
  'C11: a renamed file, %s, is renamed on the server, and nothing is sent',
  async (_way, make) => {
    const world = await createStoredWorld({ a: 'A', other: 'O' });
    const id = world.remote.idAt('a');
    const { sentBytes } = world.remote;
    await make(world, () => world.files.rename('a', 'folder/b'), ['a', 'folder/b']);
    expect(world.remote.current()).toEqual({ 'folder/b': 'A', other: 'O' });
    expect([movesOf(world), world.remote.idAt('folder/b')]).toEqual([['a -> folder/b'], id]);
    expect([world.remote.sentBytes, world.remote.trash()]).toEqual([sentBytes, {}]);
    const { calls } = world.remote;
    await world.uploadOnce();
    expect(world.remote.calls).toBe(calls);
  },
);

test.each(WAYS)('C11: a moved folder, %s, costs a request for each thousand files', async (_way, make) => {
  const world = await createStoredWorld({ ...manyFiles(2_500, 'old/deep'), other: 'O' });
  const { calls, sentBytes } = world.remote;
  await make(world, () => world.files.rename('old', 'new'), ['old', 'new']);
  expect(world.remote.current()).toEqual(world.files.contents());
  expect([world.remote.sentBytes - sentBytes, world.remote.calls - calls]).toEqual([0, 3]);
  expect(world.remote.trash()).toEqual({});
});

test.each(WAYS)(
  'C11: a file that is renamed and changed, %s, is moved and gets a version',
  async (_way, make) => {
    const world = await createStoredWorld({ a: 'one', other: 'O' });
    const id = world.remote.idAt('a');
    const act = () => {
      world.files.rename('a', 'b');
      world.files.write('b', 'two');
    };
    await make(world, act, ['a', 'b']);
    expect(world.remote.versions.slice(-1)).toEqual(['b=two']);
    expect([world.remote.current(), world.remote.idAt('b')]).toEqual([{ b: 'two', other: 'O' }, id]);
  },
);

test('C11: a file renamed several times ends where it is', async () => {
  const world = await createStoredWorld({ a: 'A' });
  await whileWatching(
    world,
    async () => {
      for (const [from, to] of [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
      ] as const) {
        world.files.rename(from, to);
        world.hint(from, to);
        await world.clock.advance(700);
      }
    },
    20_000,
  );
  expect([world.remote.current(), world.remote.versions]).toEqual([{ d: 'A' }, ['a=A']]);
});

test('C11: and back again', async () => {
  const world = await createStoredWorld({ a: 'A' });
  for (const waitMs of [300, 1_500]) {
    await whileWatching(
      world,
      async () => {
        world.files.rename('a', 'b');
        world.hint('a', 'b');
        await world.clock.advance(waitMs);
        world.files.rename('b', 'a');
        world.hint('a', 'b');
      },
      20_000,
    );
    expect([world.remote.current(), world.remote.trash()]).toEqual([{ a: 'A' }, {}]);
  }
});

test.each(WAYS)('C4: a rename of case only, %s, is a move', async (_way, make) => {
  const world = await createStoredWorld({ 'Folder/Photo.JPG': 'P' });
  const id = world.remote.idAt('Folder/Photo.JPG');
  const paths = ['Folder/Photo.JPG', 'folder/photo.jpg'] as const;
  await make(world, () => world.files.rename(...paths), [...paths]);
  expect(world.remote.current()).toEqual({ 'folder/photo.jpg': 'P' });
  expect(world.remote.idAt('folder/photo.jpg')).toBe(id);
});

test.each(WAYS)(
  'C11: a new file with the inode of one that was deleted, %s, is not that one',
  async (_way, make) => {
    const world = await createStoredWorld({ old: 'same size', other: 'O' });
    const id = world.remote.idAt('old');
    const act = () => {
      const ino = world.files.inode('old');
      world.files.remove('old');
      world.files.write('new', 'SAME SIZE');
      world.files.setInode('new', ino);
    };
    await make(world, act, ['old', 'new']);
    expect(world.remote.current()).toEqual({ new: 'SAME SIZE', other: 'O' });
    expect(world.remote.idAt('new')).not.toBe(id);
    expect(movesOf(world)).toEqual([]);
  },
);

test('where the system does not tell when an inode was made, a renamed file is uploaded, without its bytes', async () => {
  const world = await createStoredWorld({ a: 'A', other: 'O' });
  const { state } = world.env;
  const file = state.known('a');
  if (file !== undefined) state.putKnown({ ...file, birthNs: 0n });
  const { sentBytes } = world.remote;
  await found(world, () => world.files.rename('a', 'b'));
  expect(world.remote.current()).toEqual({ b: 'A', other: 'O' });
  expect([movesOf(world), world.remote.sentBytes]).toEqual([[], sentBytes]);
});

test.each(WAYS)(
  'C11: a second name of a file, %s, is another file, and a move only when the first is gone',
  async (_way, make) => {
    const world = await createStoredWorld({ a: 'A' });
    await make(world, () => world.files.link('a', 'b'), ['b']);
    expect([world.remote.current(), movesOf(world)]).toEqual([{ a: 'A', b: 'A' }, []]);
    const act = () => {
      world.files.link('a', 'c');
      world.files.link('a', 'd');
      world.files.remove('a');
    };
    await make(world, act, ['a', 'c', 'd']);
    expect(world.remote.current()).toEqual({ b: 'A', c: 'A', d: 'A' });
    expect(movesOf(world)).toHaveLength(1);
  },
);

test('an editor that renames the old file, and writes a new one, makes a version and not a move', async () => {
  const world = await createStoredWorld({ doc: 'one' });
  const id = world.remote.idAt('doc');
  await whileWatching(
    world,
    async () => {
      world.files.rename('doc', 'doc~');
      world.hint('doc', 'doc~');
      await world.clock.advance(100);
      world.files.write('doc', 'two');
      world.hint('doc');
    },
    20_000,
  );
  expect([world.remote.current(), world.remote.idAt('doc')]).toEqual([{ doc: 'two', 'doc~': 'one' }, id]);
  expect(movesOf(world)).toEqual([]);
});

test.each(WAYS)('a file that takes the name of another one, %s', async (_way, make) => {
  const world = await createStoredWorld({ a: 'A', b: 'B', c: 'C' });
  const act = () => {
    world.files.rename('a', 'b');
    world.files.rename('c', 'a');
  };
  await make(world, act, ['a', 'b', 'c']);
  expect(world.remote.current()).toEqual({ a: 'C', b: 'A' });
});

test('what the server refuses to move is uploaded, without its bytes, and what another device has stays', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B', c: 'C', other: 'O' });
  const { sentBytes } = world.remote;
  world.remote.writeElsewhere('new/a', 'theirs');
  world.remote.writeElsewhere('b', 'theirs');
  await found(world, () => {
    for (const name of ['a', 'b', 'c']) world.files.rename(name, `new/${name}`);
  });
  expect(world.remote.current()).toEqual({
    'new/a': 'A',
    'new/b': 'B',
    'new/c': 'C',
    b: 'theirs',
    other: 'O',
  });
  expect([movesOf(world), world.remote.sentBytes]).toEqual([['c -> new/c'], sentBytes]);
});

test.each(['before', 'after'] as const)(
  'a move whose request or answer is lost (%s) is made once',
  async (lostWhen) => {
    const world = await createStoredWorld({ a: 'A', other: 'O' });
    const id = world.remote.idAt('a');
    let isLost = false;
    world.remote.onChange((_what, when) => {
      if (when !== lostWhen || isLost) return;
      isLost = true;
      world.remote.failAll('network');
      world.clock.after(2_000, () => world.remote.failAll(null));
      throw new TypeError('fetch failed');
    });
    await found(world, () => world.files.rename('a', 'b'));
    expect([isLost, world.remote.current(), world.remote.idAt('b')]).toEqual([
      true,
      { b: 'A', other: 'O' },
      id,
    ]);
  },
);

test('killed between the move and its note, the next run makes it again', async () => {
  const world = await createStoredWorld({ a: 'A', other: 'O' });
  const id = world.remote.idAt('a');
  world.files.rename('a', 'b');
  const { promise: never } = Promise.withResolvers<void>();
  world.remote.onChange((_what, when) => (when === 'after' ? never : undefined));
  void world.engine().start();
  await world.clock.advance(10_000);
  expect([world.remote.current(), world.env.state.known('a')?.path]).toEqual([{ b: 'A', other: 'O' }, 'a']);
  world.remote.onChange(null);
  await world.uploadOnce();
  expect([world.remote.current(), world.remote.idAt('b')]).toEqual([{ b: 'A', other: 'O' }, id]);
  expect(world.remote.trash()).toEqual({});
});

test('moving most of the folder is no mass deletion', async () => {
  const world = await createStoredWorld(manyFiles(100, 'old'));
  await found(world, () => world.files.rename('old', 'new'));
  expect(world.eventsOf('deletions_held')).toEqual([]);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test('a folder that goes up for the first time is never asked for moves', async () => {
  const world = await createStoredWorld({});
  const byInode = vi.spyOn(world.env.state, 'knownByInode');
  for (const [path, content] of Object.entries(manyFiles(50))) world.files.write(path, content);
  await world.uploadOnce();
  expect(byInode).not.toHaveBeenCalled();
});

test('a file that is back after a move whose answer nobody heard is on the server in the end', async () => {
  const world = await createStoredWorld({ a: 'A', other: 'O' });
  world.files.rename('a', 'b');
  const { promise: never } = Promise.withResolvers<void>();
  world.remote.onChange((_what, when) => (when === 'after' ? never : undefined));
  void world.engine().start();
  await world.clock.advance(10_000);
  expect(world.remote.current()).toEqual({ b: 'A', other: 'O' });
  world.remote.onChange(null);
  world.files.rename('b', 'a');
  await world.uploadOnce();
  expect(world.remote.current()).toMatchObject({ a: 'A', other: 'O' });
});
