import { expect, test, vi } from 'vitest';
import { createStoredWorld, createWorld, whileWatching } from '../../test/support/memory-world.ts';

test('what is gone from the folder goes to the trash, by the next run', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G', 'folder/a': 'A', 'folder/deep/b': 'B' });
  world.files.remove('gone');
  world.files.remove('folder');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ stays: 'S' });
  expect(world.remote.trash()).toEqual({ gone: 'G', 'folder/a': 'A', 'folder/deep/b': 'B' });
  expect(world.eventsOf('deleted').map(({ path }) => path)).toEqual(['folder/a', 'folder/deep/b', 'gone']);
  expect(world.env.state.totals().files).toBe(1);
  const { calls } = world.remote;
  await world.uploadOnce();
  expect(world.remote.calls).toBe(calls);
});

test('and while it is watched, within seconds, a file or a whole folder', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G', 'folder/a': 'A', 'folder/deep/b': 'B' });
  await whileWatching(
    world,
    () => {
      world.files.remove('gone');
      world.files.remove('folder');
      world.hint('gone', 'folder');
    },
    4_000,
  );
  expect(world.remote.current()).toEqual({ stays: 'S' });
});

test('C21: a deletion that the system did not hint at is found by the next scan', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G' });
  await whileWatching(world, () => world.files.remove('gone'), 400_000);
  expect(world.remote.current()).toEqual({ stays: 'S' });
});

test('a file that is deleted and made anew at once is a new version, and never leaves the server', async () => {
  const world = await createStoredWorld({ doc: 'one' });
  const id = world.remote.idAt('doc');
  await whileWatching(
    world,
    async () => {
      world.files.remove('doc');
      world.hint('doc');
      await world.clock.advance(1_000);
      world.files.write('doc', 'two');
      world.hint('doc');
    },
    60_000,
  );
  expect([world.remote.versions, world.remote.trash()]).toEqual([['doc=one', 'doc=two'], {}]);
  expect(world.remote.idAt('doc')).toBe(id);
});

test('what goes while others are being deleted is gone soon after, without a scan', async () => {
  const world = await createStoredWorld({ one: '1', two: '2', stays: 'S' });
  await whileWatching(
    world,
    async () => {
      world.files.remove('one');
      const putBack = world.files.takeOut('two');
      world.hint('one', 'two');
      await world.clock.advance(1_000);
      // Written without a hint: it was not gone after all.
      putBack();
      world.remote.onChange((_what, when) => {
        if (when === 'after') return;
        world.remote.onChange(null);
        world.files.remove('two');
        world.hint('two');
      });
    },
    20_000,
  );
  expect(world.remote.current()).toEqual({ stays: 'S' });
});

test('what comes back as it was while it is being deleted is on the server in the end', async () => {
  const world = await createStoredWorld({ doc: 'D', other: 'O' });
  await whileWatching(
    world,
    () => {
      const putBack = world.files.takeOut('doc');
      world.hint('doc');
      world.remote.onChange((_what, when) => {
        if (when === 'before') putBack();
      });
    },
    60_000,
  );
  expect(world.remote.current()).toMatchObject({ doc: 'D' });
});

test('C11: what another device has changed meanwhile stays on the server, and is not asked about again', async () => {
  const world = await createStoredWorld({ mine: 'M', theirs: 'T' });
  world.remote.writeElsewhere('theirs', 'changed');
  world.files.remove('theirs');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ mine: 'M', theirs: 'changed' });
  expect(world.eventsOf('kept')).toEqual([{ type: 'kept', path: 'theirs' }]);
  const { calls } = world.remote;
  await world.uploadOnce();
  expect(world.remote.calls).toBe(calls);
});

test.each([
  ['a file that can not be looked at', 'gone'],
  ['a folder that can not be listed', 'folder'],
])('%s is not gone', async (_what, path) => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G', 'folder/a': 'A', 'folder/deep/b': 'B' });
  world.files.refuse(path, 'EACCES');
  await world.uploadOnce();
  await whileWatching(world, () => world.hint(path, 'folder/a'), 400_000);
  expect(Object.keys(world.remote.current())).toHaveLength(4);
});

test('what is at, or below, a path that is excluded is not gone', async () => {
  const world = await createStoredWorld({ stays: 'S', 'left/a': 'A' });
  world.files.remove('left/a');
  await using sync = world.engine({ isExcluded: (path) => path === 'left' });
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 1);
  await started;
  world.hint('left/a', 'left');
  await world.clock.advance(10_000);
  expect(Object.keys(world.remote.current())).toEqual(['stays', 'left/a']);
});

test('C7: what is replaced by a link stays on the server, a file and all that is in a folder', async () => {
  const world = await createStoredWorld({ stays: 'S', file: 'F', 'folder/a': 'A' });
  world.files.remove('file');
  world.files.remove('folder');
  world.files.add('file', 'symlink');
  world.files.add('folder', 'symlink');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toHaveLength(3);
});

test('a file replaced by a folder, and a folder replaced by a file', async () => {
  const world = await createStoredWorld({ one: 'file', 'two/a': 'A', other: 'O' });
  await whileWatching(
    world,
    () => {
      world.files.remove('one');
      world.files.write('one/b', 'B');
      world.files.remove('two');
      world.files.write('two', 'file');
      world.hint('one', 'two');
    },
    10_000,
  );
  expect(world.remote.current()).toEqual({ 'one/b': 'B', two: 'file', other: 'O' });
});

test('--keep-deleted: what is gone from the folder stays on the server, for good', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G' });
  world.files.remove('gone');
  await world.run({ keepDeleted: true });
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ stays: 'S', gone: 'G' });
});

test('offline, a deletion waits, and is made when the server is back', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G' });
  await whileWatching(
    world,
    async () => {
      world.remote.failAll('network');
      world.files.remove('gone');
      world.hint('gone');
      await world.clock.advance(20_000);
      expect(world.eventsOf('waiting')).not.toEqual([]);
      world.remote.failAll(null);
    },
    60_000,
  );
  expect(world.remote.current()).toEqual({ stays: 'S' });
  expect(world.eventsOf('problem')).toEqual([]);
});

test('a deletion that the server fails to make again and again is listed by a single run', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G' });
  world.files.remove('gone');
  world.remote.failAll('internal_error');
  await world.uploadOnce();
  expect(world.eventsOf('problem')).toMatchObject([{ localPath: 'gone', code: 'internal_error' }]);
  world.remote.failAll(null);
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ stays: 'S' });
});

test.each(['before', 'after'] as const)(
  'a deletion whose request or answer is lost (%s) is made once',
  async (lostWhen) => {
    const world = await createStoredWorld({ stays: 'S', gone: 'G' });
    world.files.remove('gone');
    let isLost = false;
    world.remote.onChange((_what, when) => {
      if (when !== lostWhen || isLost) return;
      isLost = true;
      world.remote.failAll('network');
      world.clock.after(2_000, () => world.remote.failAll(null));
      throw new TypeError('fetch failed');
    });
    await world.uploadOnce();
    expect([isLost, world.remote.current(), world.remote.trash()]).toEqual([
      true,
      { stays: 'S' },
      { gone: 'G' },
    ]);
  },
);

test('killed between the deletion and its note, the next run only forgets the file', async () => {
  const world = await createStoredWorld({ stays: 'S', gone: 'G' });
  world.files.remove('gone');
  const crashed = world.engine();
  const { promise: never } = Promise.withResolvers<void>();
  world.remote.onChange((_what, when) => (when === 'after' ? never : undefined));
  void crashed.start();
  await world.clock.advance(10_000);
  // The server has done it, and nobody here knows.
  expect([world.remote.current(), world.env.state.totals().files]).toEqual([{ stays: 'S' }, 2]);
  world.remote.onChange(null);
  await world.uploadOnce();
  expect(world.env.state.totals().files).toBe(1);
});

test('a state of an earlier version, under which nothing was deleted: what is gone by then stays on the server', async () => {
  const world = createWorld();
  for (const path of ['stays', 'gone']) world.files.write(path, path);
  await world.clock.advance(5_000);
  const putRoot = vi.spyOn(world.env.state, 'putRoot').mockImplementation(() => {});
  await world.uploadOnce();
  putRoot.mockRestore();
  world.files.remove('gone');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['stays', 'gone']);
  world.files.remove('stays');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['gone']);
});

test('a file that is back after a deletion whose answer nobody heard is on the server in the end', async () => {
  const world = await createStoredWorld({ doc: 'D', other: 'O' });
  const putBack = world.files.takeOut('doc');
  const { promise: never } = Promise.withResolvers<void>();
  world.remote.onChange((_what, when) => (when === 'after' ? never : undefined));
  void world.engine().start();
  await world.clock.advance(10_000);
  // Killed here: the server has put it into the trash.
  expect(world.remote.current()).toEqual({ other: 'O' });
  world.remote.onChange(null);
  putBack();
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ doc: 'D', other: 'O' });
});

test('what another device has moved away meanwhile stays where it is', async () => {
  const world = await createStoredWorld({ mine: 'M', theirs: 'T' });
  const id = world.remote.idAt('theirs') ?? '';
  const move = { id, path: 'archive/theirs', ifVersion: 1, ifPath: 'theirs' };
  expect(await world.env.remote.moveFiles([move], new AbortController().signal)).toEqual([null]);
  world.files.remove('theirs');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ mine: 'M', 'archive/theirs': 'T' });
});

test('C7: a folder that is replaced by a link while it is watched stays on the server, with what is in it', async () => {
  const world = await createStoredWorld({ stays: 'S', 'folder/deep/a': 'A' });
  await whileWatching(
    world,
    () => {
      world.files.remove('folder');
      world.files.add('folder', 'symlink');
      world.hint('folder/deep/a', 'folder/deep', 'folder');
    },
    60_000,
  );
  expect(Object.keys(world.remote.current())).toHaveLength(2);
});

test('C3: a folder whose name gets another Unicode form loses nothing', async () => {
  const [composed, decomposed] = ['\u00e9', 'e\u0301'];
  const world = await createStoredWorld({ stays: 'S', [`${composed}/a`]: 'A' });
  await whileWatching(
    world,
    () => {
      world.files.rename(composed, decomposed);
      world.hint(composed, decomposed);
    },
    60_000,
  );
  expect([world.remote.current(), world.remote.trash()]).toEqual([
    { stays: 'S', [`${composed}/a`]: 'A' },
    {},
  ]);
});
