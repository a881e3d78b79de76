import { expect, test, vi } from 'vitest';
import { createWorld, type World, whileWatching } from '../../test/support/memory-world.ts';

function writeMany(world: World, count: number, sizeBytes = 20): void {
  for (let index = 0; index < count; index += 1) {
    world.files.write(`many/${index}`, `${index} `.padEnd(sizeBytes, '.'));
  }
}

test('thousands of small files cost few requests, and each is told', async () => {
  const world = createWorld();
  writeMany(world, 3_000);
  await world.clock.advance(5_000);
  await world.uploadOnce();
  expect(world.remote.calls).toBeLessThan(10);
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(new Set(world.eventsOf('stored').map(({ path }) => path)).size).toBe(3_000);
  expect(world.eventsOf('up_to_date')).toMatchObject([{ files: 3_000 }]);
  expect(world.env.state.totals().files).toBe(3_000);
});

test('one changed file waits for no other, and costs one request', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    () => {
      world.files.write('note', 'N');
      world.hint('note');
    },
    250,
  );
  expect([world.remote.current(), world.remote.calls]).toEqual([{ note: 'N' }, 1]);
});

test('what is known of a bundle is noted down together, and only when the server has it', async () => {
  const world = createWorld();
  writeMany(world, 100);
  await world.clock.advance(5_000);
  world.remote.takes(100);
  const noted: number[] = [];
  const { state } = world.env;
  const original = state.together.bind(state);
  vi.spyOn(state, 'together').mockImplementation((write) => {
    original(write);
    noted.push(state.totals().files);
    expect(world.remote.versions.length).toBeGreaterThanOrEqual(state.totals().files);
  });
  await world.uploadOnce();
  expect(noted.at(-1)).toBe(100);
  expect(noted.length).toBe(world.remote.bundles.length);
});

test('when it can not be noted down, it is sent again and stored once', async () => {
  const world = createWorld();
  writeMany(world, 10);
  vi.spyOn(world.env.state, 'together').mockImplementationOnce(() => {
    throw new Error('the disk is full');
  });
  await world.uploadOnce();
  expect(world.remote.versions).toHaveLength(10);
  expect(world.env.state.totals().files).toBe(10);
});

test('C1: what is restless, gone or closed keeps nobody else back', async () => {
  const world = createWorld();
  writeMany(world, 20);
  for (const name of ['written to', 'gone', 'closed']) world.files.write(name, name);
  await world.clock.advance(5_000);
  world.files.onRead('written to', () => {
    world.files.onRead('written to', null);
    world.files.append('written to', ', and again');
  });
  world.files.refuse('gone', 'ENOENT');
  world.files.refuse('closed', 'EACCES');
  await world.uploadOnce();
  const { gone: _gone, closed: _closed, ...others } = world.files.contents();
  expect(world.remote.current()).toEqual(others);
  expect(world.remote.versions.filter((version) => version.startsWith('written to'))).toHaveLength(1);
  expect(world.eventsOf('problem')).toMatchObject([{ localPath: 'closed', code: 'EACCES' }]);
  expect(world.remote.bundles[0]).toHaveLength(20);
});

test.each(['quota_exceeded', 'storage_full', 'invalid_input', 'internal_error'] as const)(
  'a bundle that is refused with %s is sent file by file',
  async (code) => {
    const world = createWorld();
    writeMany(world, 30, 1_000);
    world.remote.limitBundles({ bytes: 2_000, code });
    await world.uploadOnce();
    expect(world.remote.current()).toEqual(world.files.contents());
    expect(world.eventsOf('problem')).toEqual([]);
  },
);

test('watching, those that fit into the account are stored, and the others wait', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      writeMany(world, 10);
      world.files.write('too big', 'B'.repeat(100));
      world.remote.failPath('too big', 'quota_exceeded');
      world.hint('many', 'too big');
      await world.clock.advance(400_000);
      expect(Object.keys(world.remote.current())).toHaveLength(10);
      expect(world.eventsOf('waiting').at(-1)).toMatchObject({ reason: 'quota' });
      world.remote.failPath('too big', null);
    },
    1_000_000,
  );
  expect(world.remote.current()).toEqual(world.files.contents());
});

test.each(['payload_too_large', 'network'] as const)(
  'C22: a line that carries no large body (%s) gets smaller bundles',
  async (code) => {
    const world = createWorld();
    writeMany(world, 40, 100_000);
    world.files.write('just small', 'x'.repeat(900_000));
    await world.clock.advance(5_000);
    world.remote.limitBundles({ bytes: 300_000, code });
    await world.uploadOnce();
    expect(world.remote.current()).toEqual(world.files.contents());
  },
);

test('an outage in the middle puts all back, and the end is whole', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      writeMany(world, 500);
      world.hint('many');
      let sent = 0;
      world.remote.onSent(() => {
        sent += 1;
        if (sent === 100) world.remote.failAll('network');
      });
      await world.clock.advance(5_000);
      expect(world.eventsOf('waiting')).not.toEqual([]);
      world.remote.onSent(null);
      world.remote.failAll(null);
    },
    100_000,
  );
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(world.remote.versions).toHaveLength(500);
  expect(world.eventsOf('problem')).toEqual([]);
});

test('a file that changes while its bundle is on its way is sent again', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    writeMany(world, 5);
    world.remote.takes(300);
    world.hint('many');
    await world.clock.advance(400);
    world.files.write('many/3', 'changed');
    world.hint('many/3');
    await world.clock.advance(5_000);
  });
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(world.remote.versions).toHaveLength(6);
});

test('C18: under a limit a bundle holds about what goes in a second', async () => {
  const world = createWorld();
  for (let index = 0; index < 20; index += 1)
    world.files.write(`f${index}`, `${index}`.repeat(50_000).slice(0, 50_000));
  await world.clock.advance(5_000);
  await world.run({ pace: { bytesPerSecond: 300_000 }, limits: { small: 1, large: 1 } });
  expect(world.remote.bundles.map((paths) => paths.length)).toEqual([5, 5, 5, 5]);
});

test('C22: over a slow line bundles go one after the other, and several at once again when it is quick', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      world.remote.takes(5_000);
      writeMany(world, 400, 10_000);
      world.hint('many');
      await world.clock.advance(500_000);
      const slow = world.remote.bundlesAtOnce.length;
      expect(Math.max(...world.remote.bundlesAtOnce)).toBeGreaterThan(1);
      expect(world.remote.bundlesAtOnce.slice(-3)).toEqual([1, 1, 1]);
      world.remote.takes(100);
      for (const [path, content] of Object.entries(world.files.contents()))
        world.files.write(path, `${content}!`);
      world.hint('many');
      await world.clock.advance(500_000);
      expect(Math.max(...world.remote.bundlesAtOnce.slice(slow))).toBeGreaterThan(1);
    },
    500_000,
  );
  expect(world.remote.current()).toEqual(world.files.contents());
});
