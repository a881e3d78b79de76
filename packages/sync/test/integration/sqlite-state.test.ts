import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { openSqliteState } from '../../src/adapters/sqlite-state.ts';
import type { KnownFile } from '../../src/model/known-file.ts';

async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'instashare-state-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const knownFile = (path: string): KnownFile => ({
  path,
  localPath: path,
  sizeBytes: 1,
  mtimeNs: 1_764_000_000_000_000_001n,
  ctimeNs: 2n,
  ino: 2n ** 64n - 1n,
  birthNs: 3n,
  sha256: 'a'.repeat(64),
  fileId: 'id',
  version: 1,
  recordedAtMs: 3,
});

test('what is written together is there together, also for one who opens it later', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  {
    using state = openSqliteState(path);
    state.together(() => {
      for (const name of ['a', 'b', 'c']) state.putKnown(knownFile(name));
    });
  }
  using state = openSqliteState(path);
  expect(state.known('b')).toEqual(knownFile('b'));
  expect(state.totals()).toEqual({ files: 3, sizeBytes: 3 });
});

test('when one of them fails, none is there, and the next ones are written', async () => {
  await using folder = await makeFolder();
  using state = openSqliteState(join(folder.path, 'state.db'));
  const write = () => {
    state.putKnown(knownFile('a'));
    throw new Error('in the middle');
  };
  expect(() => state.together(write)).toThrow('in the middle');
  expect(state.known('a')).toBeUndefined();
  state.together(() => state.putKnown(knownFile('b')));
  expect(state.totals().files).toBe(1);
});

test('what requests are about is remembered until it is removed, each by itself', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  const file = {
    path: 'd/\u00e9',
    localPath: 'd/e\u0301',
    is: 'a'.repeat(64),
    version: null,
    notedAtMs: 1_764_000_000_000,
    endedAtMs: null,
  };
  {
    using state = openSqliteState(path);
    state.putIntents(1, [file, { ...file, path: 'b', endedAtMs: 1_764_000_060_000 }]);
    state.putIntents(2, [file]);
    state.putIntents(2, []);
    state.putIntents(3, [file]);
    state.removeIntents(3);
  }
  using state = openSqliteState(path);
  expect(state.intents()).toEqual([
    { id: 1, files: [file, { ...file, path: 'b', endedAtMs: 1_764_000_060_000 }] },
    { id: 2, files: [] },
  ]);
});

test('the folder itself is remembered with what is mounted in it, also for one who opens it later', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  const root = { ino: 2n ** 64n - 1n, birthNs: 5n, mounts: ['b', 'a/\u00e9'], isHolding: true };
  {
    using state = openSqliteState(path);
    expect(state.root()).toBeUndefined();
    state.putRoot(root);
  }
  using state = openSqliteState(path);
  expect(state.root()).toEqual(root);
  state.putRoot({ ...root, mounts: [], isHolding: false });
  expect(state.root()).toEqual({ ...root, mounts: [], isHolding: false });
});

test('an upload that was begun is remembered until it is removed, also for one who opens it later', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  const begun = { path: 'large', uploadId: 'id', sizeBytes: 1, mtimeNs: 1n, ctimeNs: 2n, ino: 3n };
  {
    using state = openSqliteState(path);
    expect(state.openUpload('large')).toBeUndefined();
    state.putOpenUpload(begun);
    expect(state.openUpload('large')).toEqual(begun);
  }
  using state = openSqliteState(path);
  expect([state.openUpload('large'), state.openUploads()]).toEqual([begun, [begun]]);
  state.removeOpenUpload('large');
  expect([state.openUpload('large'), state.openUploads()]).toEqual([undefined, []]);
});

test('a pause lasts until it is ended, also for one who opens it later', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  {
    using state = openSqliteState(path);
    expect(state.isPaused()).toBe(false);
    state.setPaused(true);
    state.setPaused(true);
  }
  {
    using state = openSqliteState(path);
    expect(state.isPaused()).toBe(true);
    state.setPaused(false);
  }
  using state = openSqliteState(path);
  expect(state.isPaused()).toBe(false);
});

test('a content is known as long as a file has it', async () => {
  await using folder = await makeFolder();
  using state = openSqliteState(join(folder.path, 'state.db'));
  const sha256 = 'b'.repeat(64);
  state.putKnown(knownFile('a'));
  expect(state.knowsContent(sha256)).toBe(false);
  state.putKnown({ ...knownFile('b'), sha256 });
  expect(state.knowsContent(sha256)).toBe(true);
  state.putKnown(knownFile('b'));
  expect(state.knowsContent(sha256)).toBe(false);
});

const fileOf = ({ path, localPath, ...stat }: KnownFile) => ({ path, localPath, stat: { dev: 1n, ...stat } });
const noted = (path: string): KnownFile => ({
  ...knownFile(path),
  ctimeNs: 2n,
  recordedAtMs: 1_764_000_000_000,
});

test('thousands of files are known as they were noted, and nothing else is', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  // Some pages, of which one has nothing in it that could be told.
  const racy = (index: number) => index >= 1_000 && index < 2_000;
  const files = Array.from({ length: 3_500 }, (_, index) => {
    const file = noted(`d ${String(index).padStart(4, '0')}/\u00e9`);
    return racy(index) ? { ...file, recordedAtMs: 1 } : { ...file, localPath: file.path.normalize('NFD') };
  });
  {
    using state = openSqliteState(path);
    state.together(() => files.forEach((file) => state.putKnown(file)));
  }
  using state = openSqliteState(path);
  const found = files.map((file) => state.isNotedAs(fileOf(file)));
  expect(found).toEqual(files.map((_, index) => !racy(index)));
  const [file = noted('')] = files;
  const others: Partial<KnownFile>[] = [
    { path: 'other' },
    { localPath: file.path },
    { sizeBytes: 11 },
    { mtimeNs: file.mtimeNs + 1n },
    { ctimeNs: 22n },
    { ino: 64n },
    { birthNs: 0n },
  ];
  expect(others.map((other) => state.isNotedAs(fileOf({ ...file, ...other })))).toEqual(
    others.map(() => false),
  );
});

test('what is forgotten, or noted otherwise since, is not known as it was', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'state.db');
  const [a, b, c] = [noted('a'), noted('b'), noted('c')];
  {
    using state = openSqliteState(path);
    for (const file of [a, b, c]) state.putKnown(file);
    expect(state.isNotedAs(fileOf(a))).toBe(true);
  }
  using state = openSqliteState(path);
  expect([a, b, c].map((file) => state.isNotedAs(fileOf(file)))).toEqual([true, true, true]);
  state.forgetKnown('a');
  state.putKnown({ ...b, sizeBytes: 5 });
  expect([a, b, c].map((file) => state.isNotedAs(fileOf(file)))).toEqual([false, false, true]);
});

function change(path: string, pragma: string): void {
  const database = new Database(path);
  database.pragma(pragma);
  database.close();
}

test('C21: a state that is no database, is damaged or is of a newer version is kept aside, and begun anew', async () => {
  await using folder = await makeFolder();
  const damage: Record<string, (path: string) => Promise<void> | void> = {
    garbage: (path) => writeFile(path, randomBytes(100_000)),
    async overwritten(path) {
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0xa5, 4_096));
    },
    newer(path) {
      change(path, 'user_version = 9999');
    },
  };
  for (const [name, spoil] of Object.entries(damage)) {
    const path = join(folder.path, `${name}.db`);
    {
      using state = openSqliteState(path);
      expect(state.damagedPath).toBeNull();
      state.together(() => {
        for (let index = 0; index < 500; index += 1) state.putKnown(knownFile(`${name}${index}`));
      });
    }
    // What is in the log beside it would make good for what is spoilt.
    change(path, 'wal_checkpoint(TRUNCATE)');
    await spoil(path);
    const spoilt = await readFile(path);
    using state = openSqliteState(path);
    expect([name, state.damagedPath, state.totals().files]).toEqual([name, `${path}.damaged`, 0]);
    expect((await readFile(`${path}.damaged`)).equals(spoilt)).toBe(true);
    state.putKnown(knownFile('a'));
    expect(state.known('a')).toEqual(knownFile('a'));
  }
});
