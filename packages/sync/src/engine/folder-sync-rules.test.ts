import { expect, test } from 'vitest';
import { createStoredWorld, createWorld, manyFiles, whileWatching } from '../../test/support/memory-world.ts';

const RULES = '.instashareignore';
const LARGE_BYTES = 2 * 1024 * 1024;

test('ignore files, in sub-folders as well, leave out what they say, and are uploaded like any other file', async () => {
  const world = createWorld();
  world.files.write(RULES, '*.log\n/build/\n!keep.log\n');
  world.files.write('sub/.instashareignore', 'private\n!loud.log\n');
  for (const path of [
    'a',
    'a.log',
    'keep.log',
    'build/x',
    'sub/build/y',
    'sub/private/z',
    'sub/loud.log',
    'sub/b.log',
  ]) {
    world.files.write(path, path);
  }
  await world.uploadOnce();
  expect(Object.keys(world.remote.current()).toSorted()).toEqual(
    ['a', 'keep.log', RULES, 'sub/.instashareignore', 'sub/build/y', 'sub/loud.log'].toSorted(),
  );
  expect(world.eventsOf('scanned')).toMatchObject([{ files: 6, ignored: 4, skipped: 0 }]);
  expect(world.eventsOf('skipped').map(({ localPath, rule }) => [localPath, rule?.file, rule?.line])).toEqual(
    [
      ['a.log', RULES, 1],
      ['build', RULES, 2],
      ['sub/private', 'sub/.instashareignore', 1],
      ['sub/b.log', RULES, 1],
    ],
  );
});

test('an ignored folder is not walked into, and hints of what is in it cost nothing', async () => {
  const world = await createStoredWorld({ [RULES]: 'node_modules/\n', a: 'A', 'node_modules/deep/x': 'X' });
  await whileWatching(world, async () => {
    world.files.write('node_modules/deep/y', 'Y');
    const before = { listed: world.files.listed(), looks: world.files.looks() };
    world.hint(...Array.from({ length: 1_000 }, (_, index) => `node_modules/deep/${index}`));
    await world.clock.advance(10_000);
    expect({ listed: world.files.listed(), looks: world.files.looks() }).toEqual(before);
  });
  expect(Object.keys(world.remote.current()).toSorted()).toEqual([RULES, 'a']);
});

test('what is ignored now was uploaded before: it stays, and so it does when it is deleted here', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), 'old.log': 'L', a: 'A', b: 'B' });
  world.files.write(RULES, '*.log\nmany/\n');
  await world.uploadOnce();
  await whileWatching(world, async (sync) => {
    await expect(sync.control.explain('many/f1')).resolves.toMatchObject({
      state: 'skipped',
      why: 'ignored',
      at: 'many',
      isStored: true,
      rule: { pattern: 'many/', file: RULES, line: 2 },
    });
    for (const path of ['old.log', 'many', 'a']) world.files.remove(path);
    world.hint('old.log', 'many', 'many/f1', 'a');
    await world.clock.advance(10_000);
    await sync.control.rescan();
    await world.clock.advance(10_000);
    expect(sync.status().heldDeletions).toBe(0);
  });
  await world.uploadOnce();
  const left = Object.keys(world.remote.current());
  expect(left).toHaveLength(63);
  expect(left).toEqual(expect.arrayContaining(['old.log', 'many/f59', 'b', RULES]));
});

test('what is not followed does not make a mass deletion look small', async () => {
  const world = await createStoredWorld({ ...manyFiles(100, 'ignored'), ...manyFiles(30, 'work'), a: 'A' });
  world.files.write(RULES, 'ignored/\n');
  await world.uploadOnce();
  world.files.remove('work');
  await world.uploadOnce();
  expect(world.eventsOf('deletions_held').at(-1)).toMatchObject({ files: 30, reason: 'many' });
});

test('rules that change while it is watched hold at once, for what waits to be uploaded as well', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  await whileWatching(world, async () => {
    world.files.write('secret.key', 'S');
    world.hint('secret.key');
    await world.clock.advance(50);
    world.files.write(RULES, '*.key\n');
    world.hint(RULES);
    await world.clock.advance(5_000);
    expect(world.remote.current()).toEqual({ a: 'A', [RULES]: '*.key\n' });
    world.files.write(RULES, '# nothing any more\n');
    world.hint(RULES);
    await world.clock.advance(5_000);
    expect(world.remote.current()['secret.key']).toBe('S');
  });
});

test('rules that came with a new folder hold before the first of its files is uploaded, in whichever order hints come', async () => {
  const world = createWorld();
  await whileWatching(world, async () => {
    world.files.write('new/deep/secret.key', 'S');
    world.files.write('new/.instashareignore', '*.key\n');
    world.hint('new/deep/secret.key', 'new/.instashareignore', 'new');
    await world.clock.advance(10_000);
  });
  expect(Object.keys(world.remote.current())).toEqual(['new/.instashareignore']);
});

test('a large file that is on its way when it is ignored is broken off', async () => {
  const world = createWorld();
  await whileWatching(world, async (sync) => {
    world.remote.onSent(async (_path, sentBytes) => {
      if (sentBytes !== LARGE_BYTES / 2) return;
      world.files.write(RULES, 'large\n');
      world.hint(RULES);
      await world.clock.settle();
    });
    world.files.write('large', 'l'.repeat(LARGE_BYTES));
    world.hint('large');
    await world.clock.advance(20_000);
    expect(sync.status()).toMatchObject({ phase: 'up_to_date', totalFiles: 0 });
  });
  expect(Object.keys(world.remote.current())).toEqual([RULES]);
  expect(world.remote.cancelled).toEqual(['session-1']);
});

test.each([
  ['a backslash at the end', 'fine\nfoo\\\n', 'line 2 ("foo\\") ends in a backslash'],
  ['a bracket that stays open', '[abc\n', 'line 1 ("[abc") opens a bracket'],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'it is no text in UTF-8'],
  ['a pattern that names nothing', '!\n', 'line 1 ("!") names nothing'],
])(
  'rules with %s are a problem of their folder, of which nothing is uploaded or deleted',
  async (_what, text, words) => {
    const world = await createStoredWorld({ 'sub/a': 'A', 'sub/b': 'B', c: 'C' });
    world.files.write('sub/.instashareignore', text);
    world.files.write('sub/new', 'N');
    world.files.write('d', 'D');
    world.files.remove('sub/a');
    await whileWatching(world, async (sync) => {
      await world.clock.advance(10_000);
      expect(Object.keys(world.remote.current()).toSorted()).toEqual(['c', 'd', 'sub/a', 'sub/b']);
      expect(sync.problems()).toMatchObject([{ localPath: 'sub', code: 'unusable_rules' }]);
      expect(sync.problems()[0]?.message).toContain(words);
      world.hint('sub/new', 'sub/a');
      await world.clock.advance(10_000);
      await expect(sync.control.explain('sub/new')).resolves.toMatchObject({
        state: 'given_up',
        code: 'unusable_rules',
      });
      expect(Object.keys(world.remote.current())).toHaveLength(4);
      world.files.write('sub/.instashareignore', 'x\n');
      world.hint('sub/.instashareignore');
      await world.clock.advance(10_000);
      expect(sync.problems()).toEqual([]);
      expect(Object.keys(world.remote.current()).toSorted()).toEqual(
        ['c', 'd', 'sub/.instashareignore', 'sub/b', 'sub/new'].toSorted(),
      );
    });
  },
);

test('rules that can not be read are a problem while it is watched, and no start without them', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.files.write(RULES, 'b\n');
  await whileWatching(world, async (sync) => {
    world.files.refuse(RULES, 'EACCES');
    world.files.write('b', 'B');
    world.files.write('c', 'C');
    world.hint('b', 'c');
    await world.clock.advance(10_000);
    expect(sync.problems()).toMatchObject([{ localPath: '', code: 'unusable_rules' }]);
    expect(Object.keys(world.remote.current()).toSorted()).toEqual([RULES, 'a']);
    // With the next thing that happens, without waiting for the next look at everything.
    world.files.refuse(RULES, null);
    world.hint('c');
    await world.clock.advance(10_000);
    expect(sync.problems()).toEqual([]);
    expect(Object.keys(world.remote.current()).toSorted()).toEqual([RULES, 'a', 'c']);
    world.files.refuse(RULES, 'EACCES');
  });
  await expect(world.uploadOnce()).rejects.toMatchObject({ code: 'unusable_rules' });
});

test('patterns of the command line count more than those of files, and built-in ones less', async () => {
  const world = createWorld();
  world.files.write(RULES, '!*.tmp\n!.DS_Store\n');
  for (const path of ['a.tmp', '.DS_Store', '.doc.swp', 'sub/b']) world.files.write(path, path);
  await world.run({ selection: { excludes: ['*.tmp', 'sub/*'] } });
  expect(Object.keys(world.remote.current()).toSorted()).toEqual(['.DS_Store', RULES]);
});

test('a size limit leaves out what is larger, also what grows beyond it; what is up there stays', async () => {
  const world = await createStoredWorld({ small: 's', was: 'w'.repeat(200) });
  const sync = world.engine({ selection: { maxSizeBytes: 100 } });
  await sync.start();
  world.files.write('fits', 'f'.repeat(100));
  world.files.write('grows', 'g');
  world.hint('fits', 'grows');
  await world.clock.advance(100);
  world.files.write('grows', 'g'.repeat(101));
  world.files.remove('was');
  world.hint('was');
  await world.clock.advance(10_000);
  await expect(sync.control.explain('grows')).resolves.toMatchObject({ state: 'skipped', why: 'too_large' });
  await world.stop(sync);
  expect(Object.keys(world.remote.current())).toEqual(['small', 'was', 'fits']);
});

test('chosen sub-folders are followed alone, with the rules on the way to them', async () => {
  const world = await createStoredWorld({ a: 'A', 'other/b': 'B', 'pictures/2024/c': 'C' });
  world.files.write(RULES, '*.tmp\n');
  world.files.write('pictures/x', 'X');
  world.files.write('pictures/2024/d.tmp', 'D');
  world.files.write('pictures/2024/e', 'E');
  world.files.write('pictures/2024-not/f', 'F');
  for (const path of ['a', 'other', 'pictures/2024/c']) world.files.remove(path);
  await world.run({ selection: { only: ['pictures/2024'] } });
  expect(Object.keys(world.remote.current()).toSorted()).toEqual(['a', 'other/b', 'pictures/2024/e']);
});

test('names in another Unicode form are matched all the same', async () => {
  const world = createWorld();
  world.files.write(RULES, 'caf\u00e9/\n');
  world.files.write('cafe\u0301/a', 'A');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual([RULES]);
});
