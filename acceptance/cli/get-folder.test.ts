/** `instashare get FOLDER/`: whole folders, several files at once, verified, and gone on with after a crash. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { objectFiles } from '../harness/objects.ts';
import { until } from '../harness/poll.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { MIB, textBytes, untilReady, uploadFile } from '../harness/uploads.ts';
import { eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');
const dataDir = inject('dataDir');

const PATHS = ['Pictures/2026/ü one.jpg', 'Pictures/2026/two.jpg', 'Pictures/three.txt', 'Pictures/empty'];

async function givePictures(person: Person): Promise<Map<string, Buffer<ArrayBuffer>>> {
  const contents = new Map(
    PATHS.map((path, seed) => [path, textBytes(path.endsWith('empty') ? 0 : 2_000, seed)]),
  );
  for (const [path, bytes] of contents) await uploadFile(person.user, { path, bytes });
  await uploadFile(person.user, { path: 'Pictures.txt', bytes: textBytes(10) });
  return contents;
}

describe('get FOLDER/', () => {
  test('brings all that is in it, and nothing beside it', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    const contents = await givePictures(person);
    const result = await person.run(['get', 'Pictures/'], { cwd: here.path });
    expect([result.exitCode, result.stderr]).toEqual([0, '']);
    expect(result.stdout, 'one line, not one a file').toMatch(
      /^Pictures\/ → Pictures \(4 files, .*verified\)\n$/,
    );
    for (const [path, bytes] of contents) {
      expect((await readFile(join(here.path, path))).equals(bytes), path).toBe(true);
    }
    expect((await readdir(here.path, { recursive: true })).toSorted()).toEqual(
      ['Pictures', 'Pictures/2026', ...PATHS].toSorted(),
    );
  });

  test('into a folder that is named, with the times that the files had', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    await mkdir(join(here.path, 'in/sub'), { recursive: true });
    await writeFile(join(here.path, 'in/sub/a.txt'), 'a');
    const modifiedAt = new Date('2001-02-03T04:05:06.789Z');
    await utimes(join(here.path, 'in/sub/a.txt'), modifiedAt, modifiedAt);
    expect((await person.run(['watch', join(here.path, 'in'), '--once'])).exitCode).toBe(0);

    const out = join(here.path, 'new/out');
    expect((await person.run(['get', '/', '-o', out])).exitCode).toBe(0);
    await expect(readFile(join(out, 'sub/a.txt'), 'utf8')).resolves.toBe('a');
    const { mtime } = await stat(join(out, 'sub/a.txt'));
    expect(mtime.toISOString().slice(0, 22)).toBe('2001-02-03T04:05:06.78');
  });

  test('passes over what is here already, and never replaces anything else unless told to', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    const contents = await givePictures(person);
    const mine = join(here.path, 'Pictures/2026/two.jpg');
    await mkdir(join(here.path, 'Pictures/2026'), { recursive: true });
    await writeFile(mine, 'mine');

    const first = await person.run(['get', 'Pictures', '--json'], { cwd: here.path });
    expect(first.exitCode, 'not all of it').toBe(1);
    expect(eventsOf(first)).toContainEqual({
      event: 'error',
      code: 'target_exists',
      message: like(/two\.jpg exists.*--force/),
      path: 'Pictures/2026/two.jpg',
    });
    await expect(readFile(mine, 'utf8')).resolves.toBe('mine');

    const second = await person.run(['get', 'Pictures', '--json', '--force'], { cwd: here.path });
    expect(second.exitCode).toBe(0);
    expect(eventsOf(second).at(-1)).toMatchObject({
      event: 'folder_downloaded',
      files: 1,
      wereHere: 3,
      failed: 0,
    });
    expect((await readFile(mine)).equals(contents.get('Pictures/2026/two.jpg') ?? Buffer.alloc(0))).toBe(
      true,
    );
  });

  test('a file where a folder must be, and the other way round, fail by themselves', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    await givePictures(person);
    await mkdir(join(here.path, 'Pictures/three.txt'), { recursive: true });
    await writeFile(join(here.path, 'Pictures/2026'), 'a file');
    const { exitCode, stderr } = await person.run(['get', 'Pictures'], { cwd: here.path });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/three\.txt is a folder here/);
    expect(stderr).toMatch(/2026 can't be a folder here/);
    expect(stderr).toMatch(/3 files could not be downloaded/);
    await expect(readdir(join(here.path, 'Pictures'))).resolves.toEqual(['2026', 'empty', 'three.txt']);
  });

  test('S4: what the server has lost is named at once, and all else comes', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    const store = async (...paths: string[]) => {
      for (const path of paths) {
        const bytes = textBytes(2_000, path.length);
        await untilReady(person.user, await uploadFile(person.user, { path, bytes }));
      }
    };
    await store('lost/1', 'lost/12', 'lost/123');
    for (const object of await objectFiles(dataDir, person.user.auth.user.id)) await rm(object);
    await store('kept/1234', 'kept/12345', 'kept/123456');
    const startedMs = performance.now();
    const result = await person.run(['get', '/', '-o', 'out', '--json'], { cwd: here.path });
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    expect(result.exitCode).toBe(1);
    const named = eventsOf(result).filter(({ path }) => String(path).startsWith('lost/'));
    const told = { event: 'error', code: 'content_unavailable', message: like(/can/) };
    expect(new Map(named.map(({ path, ...event }) => [path, event]))).toEqual(
      new Map(['lost/1', 'lost/12', 'lost/123'].map((path) => [path, told])),
    );
    expect(eventsOf(result)).toContainEqual(
      expect.objectContaining({ event: 'folder_downloaded', files: 3, failed: 3 }),
    );
    expect((await readdir(join(here.path, 'out/kept'))).toSorted()).toEqual(['1234', '12345', '123456']);
    await expect(readdir(join(here.path, 'out/lost'))).resolves.toEqual([]);
  });

  test('says what makes no sense', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    await givePictures(person);
    const run = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await person.run(['get', ...args], { cwd: here.path });
      return [exitCode, stdout, stderr.trim()];
    };
    await expect(run('nothing/')).resolves.toEqual([1, '', like(/There is no folder "nothing\/"/)]);
    await expect(run('/')).resolves.toEqual([1, '', like(/-o FOLDER/)]);
    await expect(run('Pictures', '-o', '-')).resolves.toEqual([1, '', like(/is a folder/)]);
    await expect(run('Pictures', 'Pictures.txt', '-o', '-')).resolves.toEqual([2, '', like(/one file/)]);
    await expect(run('Pictures', '--parallel', '0')).resolves.toEqual([2, '', like(/from 1 to 32/)]);
    await expect(readdir(here.path)).resolves.toEqual([]);
  });

  test('killed in the middle of a file, the same command goes on where it stood', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-folder');
    const bytes = randomBytes(128 * MIB);
    await uploadFile(person.user, { path: 'two/a.txt', bytes: textBytes(10) });
    await uploadFile(person.user, { path: 'two/large.bin', bytes });

    const crash = new AbortController();
    const out = join(here.path, 'two');
    const args = ['get', 'two/', '--json', '--parallel', '1'];
    const killed = person.run(args, { cwd: here.path, kill: crash.signal });
    await until('a part of the large file', async () => {
      const names: string[] = await readdir(out).catch(() => []);
      const part = names.find((name) => name.endsWith('.part') && names.includes('a.txt'));
      const size = part === undefined ? 0 : (await stat(join(out, part)).catch(() => null))?.size;
      return size !== undefined && size > MIB ? true : null;
    });
    crash.abort();
    expect((await killed).exitCode).toBeNull();
    expect(await readdir(out)).not.toContain('large.bin');

    const again = await person.run(args, { cwd: here.path });
    expect([again.exitCode, again.stderr]).toEqual([0, '']);
    const [first, second] = eventsOf(again);
    expect(first).toMatchObject({ event: 'downloaded', path: 'two/a.txt', wasHere: true });
    expect(second).toMatchObject({ event: 'downloaded', path: 'two/large.bin', wasHere: false });
    expect(second?.['resumedBytes']).toBeGreaterThan(MIB);
    expect((await readFile(join(out, 'large.bin'))).equals(bytes)).toBe(true);
    expect((await readdir(out)).toSorted()).toEqual(['a.txt', 'large.bin']);
  });
});

describe('get --version', () => {
  test('brings an older version, and says when there is none', async () => {
    await using person = await makePerson(server);
    await using here = await makeTempFolder('get-version');
    await uploadFile(person.user, { path: 'a.txt', bytes: textBytes(100, 1) });
    await uploadFile(person.user, { path: 'a.txt', bytes: textBytes(200, 2) });
    const args = ['get', 'a.txt', '-o', join(here.path, 'old.txt'), '--version'];
    expect((await person.run([...args, '1'])).exitCode).toBe(0);
    expect((await readFile(join(here.path, 'old.txt'))).equals(textBytes(100, 1))).toBe(true);
    const printed = await person.run(['get', 'a.txt', '-o', '-', '--version', '2']);
    expect(printed.stdout).toBe(textBytes(200, 2).toString());
    const none = await person.run([...args, '3']);
    expect([none.exitCode, none.stderr]).toEqual([1, like(/no version 3/)]);
  });
});
