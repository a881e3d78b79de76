import { expect, test } from 'vitest';
import { createStoredWorld, manyFiles, type World, whileWatching } from '../../test/support/memory-world.ts';
import type { FolderSync } from './folder-sync.ts';

/** Sixty files are gone, noticed, and held back; gives what puts them back. */
async function takeOutMany(world: World, sync: FolderSync): Promise<() => void> {
  const putBack = world.files.takeOut('many');
  world.hint('many');
  await world.clock.advance(10_000);
  expect(sync.status().heldDeletions).toBe(60);
  return putBack;
}

const count = (files: Record<string, string>) => Object.keys(files).length;

test('C15: when most of the folder is gone, it stays on the server until somebody confirms it; uploads go on', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), stays: 'S' });
  await whileWatching(world, async (sync) => {
    world.files.remove('many');
    world.files.write('new', 'N');
    world.hint('many', 'new');
    await world.clock.advance(60_000);
    expect(world.eventsOf('deletions_held')).toEqual([{ type: 'deletions_held', files: 60, reason: 'many' }]);
    expect(sync.status().heldDeletions).toBe(60);
    expect(count(world.remote.current())).toBe(62);
    sync.confirmDeletes();
    await world.clock.advance(5_000);
    expect(world.remote.current()).toEqual({ stays: 'S', new: 'N' });
    expect(sync.status().heldDeletions).toBe(0);
  });
});

test('C15: a single run holds them back as well, again and again, until it is told to go on', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), stays: 'S' });
  world.files.remove('many');
  await world.uploadOnce();
  // By now they are a small part of what the server has, and meant no more than before.
  for (const [path, content] of Object.entries(manyFiles(200, 'more'))) world.files.write(path, content);
  await world.uploadOnce();
  await world.uploadOnce();
  expect(count(world.remote.current())).toBe(261);
  await world.run({ confirmDeletes: true });
  expect(world.remote.current()).toEqual(world.files.contents());
  // That was about those only.
  world.files.remove('more');
  await world.uploadOnce();
  expect(count(world.remote.current())).toBe(201);
});

test('what is held back and comes back is not deleted, and says so', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), stays: 'S' });
  await whileWatching(world, async (sync) => {
    const putBack = await takeOutMany(world, sync);
    putBack();
    await world.clock.advance(400_000);
    expect(world.eventsOf('deletions_held').at(-1)).toMatchObject({ files: 0, reason: null });
    sync.confirmDeletes();
    await world.clock.advance(10_000);
  });
  expect(count(world.remote.current())).toBe(61);
});

test('what is held back and comes back is let go of as soon as it is noticed, and what is deleted then is deleted', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), stays: 'S' });
  await whileWatching(world, async (sync) => {
    const putBack = await takeOutMany(world, sync);
    world.files.write('many/f7', 'other content');
    world.hint('many/f7');
    await world.clock.advance(1_000);
    expect(sync.status().heldDeletions).toBe(59);
    world.files.remove('many/f7');
    putBack();
    world.hint('many');
    await world.clock.advance(1_000);
    expect(sync.status().heldDeletions).toBe(0);
    expect(world.eventsOf('deletions_held').at(-1)).toMatchObject({ files: 0, reason: null });
    world.files.remove('many/f3');
    world.hint('many/f3');
    await world.clock.advance(10_000);
    expect(sync.status().heldDeletions).toBe(0);
  });
  expect(world.remote.current()).toEqual(world.files.contents());
  expect(count(world.remote.current())).toBe(60);
});

test('a few files, or less than half of the folder, are deleted without a question', async () => {
  const world = await createStoredWorld(manyFiles(15, 'few'));
  world.files.remove('few');
  await world.uploadOnce();
  expect(world.remote.current()).toEqual({});
  const large = await createStoredWorld({ ...manyFiles(100), ...manyFiles(90, 'others') });
  large.files.remove('others');
  await large.uploadOnce();
  expect(count(large.remote.current())).toBe(100);
});

test('C15: a disk that is not there leaves an empty folder: nothing is deleted, and it goes on when it is back', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B', 'folder/c': 'C' });
  world.files.unmount('');
  await world.uploadOnce();
  await whileWatching(
    world,
    async () => {
      world.hint('a', 'b', 'folder');
      await world.clock.advance(60_000);
      expect(count(world.remote.current())).toBe(3);
      expect(world.eventsOf('deletions_held').at(-1)).toMatchObject({ files: 3, reason: 'other_folder' });
      world.files.mount('');
    },
    400_000,
  );
  expect(world.eventsOf('deletions_held').at(-1)).toMatchObject({ files: 0 });
  world.files.remove('a');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['b', 'folder/c']);
});

test('C15: it goes away while it is watched', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B', 'folder/c': 'C' });
  await whileWatching(
    world,
    () => {
      world.files.unmount('');
      world.hint('a', 'b', 'folder');
    },
    600_000,
  );
  expect(count(world.remote.current())).toBe(3);
});

test('C15: it goes away at the very moment when it is looked for what is gone', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B', 'folder/c': 'C' });
  await whileWatching(
    world,
    () => {
      world.files.remove('a');
      const look = world.files.look.bind(world.files);
      world.files.look = async (path) => {
        // The first look is for the hint; by the second one the folder was found to be there.
        if (path === 'a' && (looks += 1) === 2) world.files.unmount('');
        return look(path);
      };
      let looks = 0;
      world.hint('a', 'b');
    },
    60_000,
  );
  expect(count(world.remote.current())).toBe(3);
});

test('C15: the folder itself goes away: nothing is deleted, it is said, and waited for', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B' });
  await whileWatching(
    world,
    async (sync) => {
      const putBack = world.files.takeOut('');
      world.files.remove('');
      world.hint('a', 'b');
      await world.clock.advance(400_000);
      expect(sync.problems()).toMatchObject([{ localPath: '', code: 'ENOENT' }]);
      expect(count(world.remote.current())).toBe(2);
      putBack();
      world.files.write('c', 'C');
    },
    400_000,
  );
  expect(Object.keys(world.remote.current())).toEqual(['a', 'b', 'c']);
});

test('C15: what was not asked about is not confirmed: a disk that has just gone, while there was nothing to confirm', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B', 'folder/c': 'C' });
  await whileWatching(
    world,
    async (sync) => {
      world.files.unmount('');
      world.hint('a', 'b', 'folder');
      await world.clock.advance(1_000);
      sync.confirmDeletes();
      await world.clock.advance(60_000);
    },
    400_000,
  );
  expect(count(world.remote.current())).toBe(3);
});

test('what was confirmed does not make the next deletion look like a part of many', async () => {
  const world = await createStoredWorld({ ...manyFiles(60), ...manyFiles(40, 'others') });
  await whileWatching(world, async (sync) => {
    world.files.remove('many');
    world.hint('many');
    await world.clock.advance(20_000);
    expect(sync.status().heldDeletions).toBe(60);
    sync.confirmDeletes();
    await world.clock.advance(20_000);
    world.files.remove('others/f1');
    world.hint('others/f1');
    await world.clock.advance(20_000);
    expect(sync.status().heldDeletions).toBe(0);
  });
  expect(count(world.remote.current())).toBe(39);
});

test('C15: another folder at the same place deletes only what somebody confirms, and is the folder from then on', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B' });
  world.files.unmount('');
  world.files.write('a', 'A');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['a', 'b']);
  await world.run({ confirmDeletes: true });
  expect(Object.keys(world.remote.current())).toEqual(['a']);
  world.files.write('c', 'C');
  await world.uploadOnce();
  world.files.remove('c');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['a']);
});

test('a folder that was brought back whole from a backup needs no confirmation', async () => {
  const world = await createStoredWorld({ a: 'A', b: 'B' });
  world.files.unmount('');
  for (const path of ['a', 'b']) world.files.write(path, path.toUpperCase());
  await world.uploadOnce();
  world.files.remove('b');
  await world.uploadOnce();
  expect(Object.keys(world.remote.current())).toEqual(['a']);
});

test('C15: a disk inside the folder that is not there', async () => {
  const world = await createStoredWorld({ ...manyFiles(100, 'own'), 'disk/a': 'A', 'disk/deep/b': 'B' });
  world.files.unmount('disk');
  world.files.mount('disk');
  await world.uploadOnce();
  world.files.unmount('disk');
  await world.uploadOnce();
  expect(world.eventsOf('deletions_held').at(-1)).toMatchObject({ files: 2, reason: 'unmounted' });
  await whileWatching(world, () => world.hint('disk/a', 'disk'), 400_000);
  expect(count(world.remote.current())).toBe(102);
  world.files.mount('disk');
  await world.uploadOnce();
  world.files.remove('disk/a');
  await world.uploadOnce();
  expect(count(world.remote.current())).toBe(101);
});
