import { expect, test } from 'vitest';
import { createStoredWorld, createWorld, whileWatching } from '../../test/support/memory-world.ts';

test('a folder moved in is uploaded with all that is in it', async () => {
  const world = createWorld();
  await whileWatching(world, () => {
    world.files.write('new/folder/a', 'A');
    world.hint('new');
  });
  expect(world.remote.current()).toEqual({ 'new/folder/a': 'A' });
});

test('C21: a change that the system did not hint at is found by the next scan', async () => {
  const world = createWorld();
  await whileWatching(world, () => world.files.write('unseen', 'U'), 400_000);
  expect(world.remote.current()).toEqual({ unseen: 'U' });
});

test('C9: where the system can not watch, it looks every few seconds and says why', async () => {
  const world = createWorld();
  world.refuseWatch(new Error('too few watches'));
  await whileWatching(world, () => world.files.write('new', 'N'), 8_000);
  expect(world.remote.current()).toEqual({ new: 'N' });
  expect(world.eventsOf('watching')).toEqual([
    { type: 'watching', by: 'polling', reason: 'too few watches' },
  ]);
});

test('C12: after sleep it looks at once, and does not wait on for a server that was away', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  await whileWatching(world, async (sync) => {
    world.remote.failAll('quota_exceeded');
    world.files.write('waits', 'W');
    world.hint('waits');
    await world.clock.advance(40_000);
    expect(sync.control.waiting()?.retryInMs).toBeGreaterThan(20_000);
    world.remote.failAll(null);
    world.files.write('unseen', 'U');
    // Of an hour of sleep timers have seen nothing.
    world.clock.jump(3_600_000);
    await world.clock.advance(15_000);
    expect(world.remote.current()).toEqual({ a: 'A', waits: 'W', unseen: 'U' });
  });
});

test('C12: a clock that is set back leads to a look as well, one that runs evenly to none', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    const listed = world.files.listed();
    await world.clock.advance(120_000);
    expect(world.files.listed()).toBe(listed);
    world.files.write('unseen', 'U');
    world.clock.jump(-3_600_000);
    await world.clock.advance(15_000);
    expect(world.remote.current()).toEqual({ unseen: 'U' });
  });
});

test('a watch that is lost is replaced by looking, and comes back', async () => {
  const world = createWorld();
  await whileWatching(
    world,
    async () => {
      world.loseWatch(new Error('overflow'));
      world.files.write('new', 'N');
      await world.clock.advance(8_000);
    },
    0,
  );
  expect(world.remote.current()).toEqual({ new: 'N' });
  expect(world.eventsOf('watching').map(({ by }) => by)).toEqual(['events', 'polling', 'events']);
});

test('what somebody just saved goes before thousands of files that wait', async () => {
  const world = createWorld();
  for (let index = 0; index < 3_000; index += 1) world.files.write(`old/${index}`, String(index));
  await world.clock.advance(5_000);
  world.remote.takes(400);
  const sync = world.engine({ limits: { small: 1, large: 1 } });
  await sync.start();
  world.files.write('saved', 'S');
  world.hint('saved');
  await world.clock.advance(1_700);
  await world.stop(sync);
  const [, second = []] = world.remote.bundles;
  expect(second).toContain('saved');
  expect(world.remote.current()['saved']).toBe('S');
  expect(world.remote.versions.length).toBeLessThan(3_000);
});

test('deleting here deletes nothing there', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  await whileWatching(world, () => {
    world.files.remove('a');
    world.hint('a');
  });
  expect(world.remote.current()).toEqual({ a: 'A' });
});

test('what happened while the watch was lost is found, and it is begun once', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    world.loseWatch(new Error('overflow'));
    world.files.write('deep/er/unseen', 'U');
    await world.clock.advance(8_000);
    expect(world.watches()).toEqual({ begun: 2, open: 1 });
  });
  expect(world.remote.current()).toEqual({ 'deep/er/unseen': 'U' });
});

test('one that is stopped while the watch is begun leaves none behind', async () => {
  const world = createWorld();
  world.watchTakes(5_000);
  const sync = world.engine();
  const started = sync.start().catch(() => undefined);
  await world.clock.advance(1_000);
  await world.stop(sync);
  await started;
  expect(world.watches()).toEqual({ begun: 1, open: 0 });
});

test('hints of files with other than ASCII names do not list their folder once for each', async () => {
  const world = createWorld();
  const names = Array.from({ length: 200 }, (_, index) => `\u00fcbung ${index}`);
  await whileWatching(world, () => {
    const before = world.files.listed();
    for (const name of names) world.files.write(name, name);
    world.hint(...names);
    return world.clock.advance(2_000).then(() => expect(world.files.listed() - before).toBeLessThan(3));
  });
  expect(Object.keys(world.remote.current())).toHaveLength(200);
});

test('C3: two new names of one form are both reported when they are hinted at', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    world.files.write('caf\u00e9', 'composed');
    world.files.write('cafe\u0301', 'decomposed');
    world.hint('caf\u00e9', 'cafe\u0301');
    await world.clock.advance(2_000);
    expect(sync.problems().map(({ code }) => code)).toEqual(['name_collision', 'name_collision']);
  });
  expect(world.remote.current()).toEqual({});
});

test('what goes while it is being uploaded is gone soon after, without a scan, a file and a folder', async () => {
  const world = await createStoredWorld({ stays: 'S' });
  await whileWatching(
    world,
    async () => {
      world.remote.takes(2_000);
      world.files.write('new', 'N');
      world.files.write('folder/new', 'F');
      world.hint('new', 'folder');
      await world.clock.advance(1_000);
      expect(world.remote.current()).toEqual({ stays: 'S' });
      world.files.remove('new');
      world.files.remove('folder');
      world.hint('new', 'folder');
      await world.clock.advance(1_500);
      expect(world.remote.current()).toEqual({ stays: 'S', new: 'N', 'folder/new': 'F' });
    },
    20_000,
  );
  expect(world.remote.current()).toEqual({ stays: 'S' });
});
