import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFolderSync } from './folder-sync.ts';

/** A disk whose syncs end when the test says so. */
function slowDisk() {
  const started: { folder: string; end: () => void; fail: (error: Error) => void }[] = [];
  const syncOnce = (folder: string) =>
    new Promise<void>((resolve, reject) => {
      started.push({ folder, end: resolve, fail: reject });
    });
  const at = (index: number) => {
    const one = started[index];
    if (one === undefined) throw new Error(`only ${started.length} syncs have started`);
    return one;
  };
  return { started, at, ...createFolderSync(syncOnce) };
}

const settled = () => setImmediate();

test('those who come while a sync runs share one that starts after they came', async () => {
  const disk = slowDisk();
  let done: string[] = [];
  const ask = (name: string) => void disk.sync('a').then(() => done.push(name));

  ask('first');
  ask('second');
  ask('third');
  await settled();
  expect(disk.started).toHaveLength(1);

  disk.at(0).end();
  await settled();
  expect(done).toEqual(['first']);
  expect(disk.started).toHaveLength(2);

  ask('fourth');
  disk.at(1).end();
  await settled();
  expect(done).toEqual(['first', 'second', 'third']);
  disk.at(2).end();
  await settled();
  expect(done).toEqual(['first', 'second', 'third', 'fourth']);

  done = [];
  ask('later');
  disk.at(3).end();
  await settled();
  expect(done).toEqual(['later']);
});

test('folders do not wait for one another', async () => {
  const disk = slowDisk();
  const a = disk.sync('a');
  const b = disk.sync('b');
  disk.at(1).end();
  await b;
  disk.at(0).end();
  await a;
  expect(disk.started.map(({ folder }) => folder)).toEqual(['a', 'b']);
});

test('a sync that fails fails only those whose changes it was for', async () => {
  const disk = slowDisk();
  const first = disk.sync('a');
  const second = disk.sync('a');
  disk.at(0).fail(new Error('I/O error'));
  await expect(first).rejects.toThrow('I/O error');
  await settled();
  disk.at(1).end();
  await expect(second).resolves.toBeUndefined();
});
