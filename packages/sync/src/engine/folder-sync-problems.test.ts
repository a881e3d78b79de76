import { expect, test } from 'vitest';
import { createStoredWorld, createWorld, whileWatching } from '../../test/support/memory-world.ts';

test('C7: links and special files are skipped, and said to be', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.files.add('link', 'symlink');
  world.files.add('pipe', 'special');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ a: 'A' });
  expect(world.eventsOf('skipped')).toMatchObject([
    { localPath: 'link', why: 'symlink' },
    { localPath: 'pipe', why: 'special' },
  ]);
});

test('one that can not be opened is reported, once, and the rest goes on', async () => {
  const world = createWorld();
  world.files.write('secret', 'S');
  world.files.write('open', 'O');
  world.files.refuse('secret', 'EACCES');
  await whileWatching(world, () => world.clock.advance(1_000_000));
  expect(world.remote.current()).toEqual({ open: 'O' });
  expect(world.eventsOf('problem')).toMatchObject([{ localPath: 'secret', code: 'EACCES' }]);
  expect(world.files.opens.filter((path) => path === 'secret')).toHaveLength(1);
});

test('and is uploaded when it can be, after all', async () => {
  const world = createWorld();
  world.files.write('secret', 'S');
  world.files.refuse('secret', 'EACCES');
  await whileWatching(world, (sync) => {
    expect(sync.problems()).toHaveLength(1);
    world.files.refuse('secret', null);
    world.files.touch('secret');
    world.hint('secret');
  });
  expect(world.remote.current()).toEqual({ secret: 'S' });
  expect(world.eventsOf('up_to_date').at(-1)).toMatchObject({ files: 1, problems: 0 });
});

test('a folder that can not be listed is reported, and its neighbours go on', async () => {
  const world = createWorld();
  world.files.write('closed/a', 'A');
  world.files.write('open/b', 'B');
  world.files.refuse('closed', 'EACCES');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ 'open/b': 'B' });
  expect(world.eventsOf('problem')).toMatchObject([{ localPath: 'closed', code: 'EACCES' }]);
});

test('C5: a name that the server does not take is a named problem of that file', async () => {
  const world = createWorld();
  world.files.write('bad\nname', 'X');
  world.files.write('n'.repeat(256), 'Y');
  world.files.write('good', 'G');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ good: 'G' });
  expect(world.eventsOf('problem').map(({ code }) => code)).toEqual(['invalid_name', 'invalid_name']);
});

test('C3: a decomposed name is composed on the server', async () => {
  const world = createWorld();
  world.files.write('cafe\u0301/me\u0301nu', 'M');
  await world.uploadOnce();
  await world.uploadOnce();
  expect(world.remote.versions).toEqual(['caf\u00e9/m\u00e9nu=M']);
});

test('C3: two names of one form are both reported, and neither is lost or taken for the other', async () => {
  const world = createWorld();
  world.files.write('caf\u00e9', 'composed');
  world.files.write('cafe\u0301', 'decomposed');
  world.files.write('tea', 'T');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({ tea: 'T' });
  expect(
    world
      .eventsOf('problem')
      .map(({ localPath }) => localPath)
      .toSorted(),
  ).toEqual(['cafe\u0301', 'caf\u00e9'].toSorted());
});

test('excluded paths are left alone, by a scan and by a hint', async () => {
  const world = createWorld();
  world.files.write('.instashare/objects/x', 'X');
  world.files.write('mine', 'M');
  await using sync = world.engine({ isExcluded: (path) => path === '.instashare' });
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 0);
  await started;
  world.files.write('.instashare/objects/y', 'Y');
  world.hint('.instashare/objects/y');
  await world.clock.advance(5_000);
  expect(world.remote.current()).toEqual({ mine: 'M' });
});

test('a folder that can not be read for a while is a problem, told once, until it can', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  await whileWatching(world, async (sync) => {
    world.files.refuse('', 'EACCES');
    await world.clock.advance(1_500_000);
    expect(sync.problems()).toMatchObject([{ localPath: '', code: 'EACCES' }]);
    expect(world.eventsOf('problem')).toHaveLength(1);
    world.files.refuse('', null);
    await world.clock.advance(500_000);
    expect(sync.problems()).toEqual([]);
  });
});

test('of a folder that is closed meanwhile there is one problem, whatever is hinted in it, until it can be read', async () => {
  const world = await createStoredWorld({ 'closed/a': 'A', 'closed/deep/b': 'B', c: 'C' });
  await whileWatching(world, async (sync) => {
    world.files.refuse('closed', 'EACCES');
    world.hint('closed/a', 'closed/deep/b', 'closed/new', 'closed/deep');
    await world.clock.advance(10_000);
    expect(sync.problems()).toMatchObject([{ localPath: 'closed', code: 'EACCES' }]);
    expect(world.eventsOf('problem')).toHaveLength(1);
    world.files.refuse('closed', null);
    world.files.write('closed/a', 'A2');
    world.hint('closed/a');
    await world.clock.advance(10_000);
    expect(sync.problems()).toEqual([]);
  });
  expect(world.remote.current()).toEqual({ 'closed/a': 'A2', 'closed/deep/b': 'B', c: 'C' });
});
