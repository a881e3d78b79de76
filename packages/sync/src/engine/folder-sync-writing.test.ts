import { expect, test } from 'vitest';
import { createWorld, type World, whileWatching } from '../../test/support/memory-world.ts';

test('C1: a file that grows is uploaded when it has come to rest, and only then', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      world.files.write('log', '');
      for (let part = 0; part < 40; part += 1) {
        world.files.append('log', `${part} `);
        world.hint('log');
        await world.clock.advance(100);
      }
    },
    1_000,
  );
  expect(world.remote.versions).toHaveLength(1);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test('a finished file is up within a second', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    () => {
      world.files.write('note', 'N');
      world.hint('note');
    },
    300,
  );
  expect(world.remote.current()).toEqual({ note: 'N' });
});

test.each([
  ['small', 10],
  ['large', 3_000_000],
])('C1: a %s file that changes while it is read is not stored torn', async (_kind, sizeBytes) => {
  const world = createWorld();
  world.files.write('a', 'x'.repeat(sizeBytes));
  await world.clock.advance(5_000);
  let reads = 0;
  world.files.onRead('a', () => {
    reads += 1;
    if (reads === 1) world.files.write('a', 'y'.repeat(sizeBytes));
  });
  await world.uploadOnce();
  expect(world.remote.versions).toEqual([`a=${'y'.repeat(sizeBytes)}`]);
});

test('a file that never rests is uploaded all the same, whole, and does not hold up the others', async () => {
  const world = createWorld();
  const states = new Set<string>();
  await whileWatching(
    world,
    async () => {
      world.files.write('other', 'O');
      world.hint('other');
      world.files.write('busy', '');
      for (let part = 0; part < 400; part += 1) {
        world.files.append('busy', `${part} `);
        states.add(`busy=${world.files.contents()['busy']}`);
        world.hint('busy');
        await world.clock.advance(100);
      }
    },
    0,
  );
  const stored = world.remote.versions.filter((version) => version.startsWith('busy='));
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.filter((version) => !states.has(version))).toEqual([]);
  expect(world.remote.current()['other']).toBe('O');
});

test('C1: a large file whose writer pauses is uploaded when that has closed it', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    const close = writeOn(world, 'video', 3_000_000);
    await world.clock.advance(4_000);
    expect(world.remote.versions).toEqual([]);
    world.files.append('video', 'the end');
    world.hint('video');
    await world.clock.advance(3_000);
    expect(world.remote.versions).toEqual([]);
    close();
    await world.clock.advance(4_000);
  });
  expect(world.remote.versions).toHaveLength(1);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test('C1: a small file that is written bit by bit is uploaded again when its writer is through', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    const close = writeOn(world, 'report', 10);
    await world.clock.advance(1_000);
    for (let part = 0; part < 5; part += 1) {
      world.files.append('report', `part ${part}`);
      world.hint('report');
      await world.clock.advance(1_000);
    }
    close();
    await world.clock.advance(4_000);
  });
  expect(world.remote.versions).toHaveLength(2);
  expect(world.remote.current()).toEqual(world.files.contents());
});

test.each([
  ['is never written to again', 0],
  ['is written to every five seconds', 8],
])('a file that stays open for ever, and %s, is uploaded all the same', async (_how, times) => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      writeOn(world, 'database', 3_000_000);
      for (let time = 0; time < times; time += 1) {
        await world.clock.advance(5_000);
        world.files.append('database', 'row');
        world.hint('database');
      }
    },
    15_000,
  );
  expect(world.remote.versions.length).toBeGreaterThan(0);
  expect(world.remote.current()).toEqual(world.files.contents());
});

/** A program begins to write a file, and keeps it open. */
function writeOn(world: World, path: string, sizeBytes: number): () => void {
  world.files.write(path, 'x'.repeat(sizeBytes));
  world.hint(path);
  return world.files.openForWriting(path);
}

test('one that is always being written to when it is read is listed by a single run', async () => {
  const world = createWorld();
  world.files.write('busy', 'B');
  world.files.write('quiet', 'Q');
  world.files.onRead('busy', () => world.files.append('busy', '.'));
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ quiet: 'Q' });
  expect(world.eventsOf('problem')).toMatchObject([{ localPath: 'busy', code: 'source_changed' }]);
});

test('a change during the upload is seen when that is through', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    world.files.write('a', 'one');
    world.hint('a');
    world.remote.onSent(() => {
      world.remote.onSent(null);
      world.files.write('a', 'two!');
      world.hint('a');
    });
    await world.clock.advance(2_000);
  });
  expect(world.remote.current()).toEqual({ a: 'two!' });
});

test('a file that vanishes is no problem', async () => {
  const world = createWorld();
  world.files.write('gone', 'G');
  world.files.write('here', 'H');
  world.files.onRead('here', () => world.files.remove('gone'));
  await using sync = world.engine({ mode: 'once', limits: { small: 1, large: 1 } });
  world.files.refuse('gone', 'ENOENT');
  await sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 0);
  expect([world.remote.current(), sync.problems()]).toEqual([{ here: 'H' }, []]);
});

test('saving by renaming a new file over the old one makes one version, and none of the helper file', async () => {
  const world = createWorld();
  world.files.write('doc', 'one');
  await whileWatching(world, async () => {
    world.files.write('.doc.tmp', 'two');
    world.hint('.doc.tmp');
    await world.clock.advance(50);
    world.files.rename('.doc.tmp', 'doc');
    world.hint('.doc.tmp', 'doc');
  });
  expect(world.remote.versions).toEqual(['doc=one', 'doc=two']);
});
