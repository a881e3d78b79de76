/** What the engine expects of a folder, held against the real one and against the one in memory that its tests use. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { FileSystem } from '../../src/engine/environment.ts';
import type { LocalStat } from '../../src/model/local-stat.ts';
import { createMemoryFolder, createRealFolder, type TouchedFolder } from '../support/real-files.ts';

async function listed(files: FileSystem, folder = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of files.list(folder, new AbortController().signal)) {
    found.push(...batch.map(({ name, kind }) => `${kind} ${name}`));
  }
  return found.toSorted();
}

async function statAt({ files }: TouchedFolder, path: string): Promise<LocalStat> {
  const seen = await files.look(path);
  if (seen?.kind !== 'file') throw new Error(`${path} is no file`);
  return seen.stat;
}

async function contentAt({ files }: TouchedFolder, path: string): Promise<string> {
  await using file = await files.open(path);
  return await readFrom(file);
}

async function readFrom(file: Awaited<ReturnType<FileSystem['open']>>, position = 0): Promise<string> {
  const target = Buffer.alloc(100);
  return target.subarray(0, await file.read(target, position)).toString();
}

/** What became of a stat: which of its parts are others. */
const changed = (before: LocalStat, after: LocalStat): string[] =>
  (['dev', 'ino', 'birthNs', 'sizeBytes', 'mtimeNs', 'ctimeNs'] as const).filter(
    (part) => before[part] !== after[part],
  );

/** File times tick: what is done within one tick can't be told by them. */
const nextTick = () => delay(15);

/** What an act makes of the stat of what is at one path before, and at another after. */
async function changes(folder: TouchedFolder, paths: [string, string], act: () => Promise<void>) {
  const before = await statAt(folder, paths[0]);
  await nextTick();
  await act();
  return changed(before, await statAt(folder, paths[1]));
}

const refusal = (code: string): unknown => expect.objectContaining({ code });
const codeOf = (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);

const NFC = 'caf\u00e9';
const NFD = 'cafe\u0301';

const EXPECTATIONS: Record<string, (folder: TouchedFolder) => Promise<void>> = {
  async 'a folder lists what is in it, and not what is below that'(folder) {
    await folder.write('a', 'A');
    await folder.write('d/b', 'B');
    await folder.write('d/e/c', 'C');
    await folder.symlink('link');
    await folder.pipe('pipe');
    expect(await listed(folder.files)).toEqual(['file a', 'folder d', 'special pipe', 'symlink link']);
    expect(await listed(folder.files, 'd')).toEqual(['file b', 'folder e']);
  },
  async 'many files are listed in batches, each once'(folder) {
    const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
    for (const name of names) await folder.write(`many/${name}`, name);
    expect(await listed(folder.files, 'many')).toEqual(names.map((name) => `file ${name}`).toSorted());
  },
  async 'what is listed has the stat that a look finds, and that the open file has'(folder) {
    await folder.write('a', 'content');
    const stat = await statAt(folder, 'a');
    for await (const batch of folder.files.list('', new AbortController().signal)) {
      expect(batch).toEqual([{ name: 'a', kind: 'file', stat }]);
    }
    await using file = await folder.files.open('a');
    expect([await file.stat(), stat.sizeBytes]).toEqual([stat, 7]);
  },
  async 'what is no folder is not listed, least of all where a link leads'(folder) {
    await folder.write('a', 'A');
    await folder.symlink('link');
    expect(await codeOf(listed(folder.files, 'none'))).toEqual(refusal('ENOENT'));
    expect(await codeOf(listed(folder.files, 'a'))).toEqual(refusal('ENOTDIR'));
    expect(await codeOf(listed(folder.files, 'link'))).toEqual(refusal('ENOTDIR'));
  },
  async 'a look finds what there is, and nothing behind a file or a link'(folder) {
    await folder.write('d/a', 'A');
    await folder.symlink('link');
    await folder.pipe('pipe');
    const looks = ['d', 'link', 'pipe', 'none', 'd/none', 'd/a/below', 'link/below', 'none/below'];
    expect(await Promise.all(looks.map((path) => folder.files.look(path)))).toEqual([
      { name: 'd', kind: 'folder' },
      { name: 'link', kind: 'symlink' },
      { name: 'pipe', kind: 'special' },
      ...Array.from({ length: 5 }, () => null),
    ]);
  },
  async 'an open file is read from any place, and gives nothing behind its end'(folder) {
    await folder.write('a', '0123456789');
    await using file = await folder.files.open('a');
    expect([await readFrom(file), await readFrom(file, 7)]).toEqual(['0123456789', '789']);
    expect([await readFrom(file, 10), await readFrom(file, 11)]).toEqual(['', '']);
  },
  async 'what is no file opens as none, or not at all'(folder) {
    await folder.write('d/a', 'A');
    await folder.symlink('link');
    await folder.pipe('pipe');
    for (const path of ['d', 'pipe']) {
      await using opened = await folder.files.open(path);
      expect(await opened.stat()).toBeNull();
    }
    expect(await codeOf(folder.files.open('link'))).toEqual(refusal('ELOOP'));
    expect(await codeOf(folder.files.open('none'))).toEqual(refusal('ENOENT'));
    expect(await codeOf(folder.files.open('d/a/below'))).toEqual(refusal('ENOTDIR'));
  },
  async 'a write in place keeps the inode; an open file sees it'(folder) {
    await folder.write('a', 'first');
    await using file = await folder.files.open('a');
    const act = () => folder.write('a', 'the second');
    expect(await changes(folder, ['a', 'a'], act)).toEqual(['sizeBytes', 'mtimeNs', 'ctimeNs']);
    expect(await readFrom(file)).toBe('the second');
  },
  async 'what is cut off under an open file ends sooner'(folder) {
    await folder.write('a', '0123456789');
    await using file = await folder.files.open('a');
    await folder.write('a', '01');
    expect([await readFrom(file), await readFrom(file, 5)]).toEqual(['01', '']);
    expect((await file.stat())?.sizeBytes).toBe(2);
  },
  async 'what is appended is behind what was there'(folder) {
    await folder.write('a', 'one');
    const act = () => folder.append('a', ', two');
    expect(await changes(folder, ['a', 'a'], act)).toEqual(['sizeBytes', 'mtimeNs', 'ctimeNs']);
    expect(await contentAt(folder, 'a')).toBe('one, two');
  },
  async 'a touch changes times only'(folder) {
    await folder.write('a', 'A');
    expect(await changes(folder, ['a', 'a'], () => folder.touch('a'))).toEqual(['mtimeNs', 'ctimeNs']);
  },
  async 'C11: a rename keeps inode, birth and mtime; the ctime is another'(folder) {
    await folder.write('a', 'A');
    const act = () => folder.rename('a', 'd/b');
    expect(await changes(folder, ['a', 'd/b'], act)).toEqual(['ctimeNs']);
    expect([await folder.files.look('a'), await contentAt(folder, 'd/b')]).toEqual([null, 'A']);
  },
  async 'C11: the files of a folder that is renamed stay as they are'(folder) {
    await folder.write('d/e/a', 'A');
    expect(await changes(folder, ['d/e/a', 'g/e/a'], () => folder.rename('d', 'g'))).toEqual([]);
    expect([await listed(folder.files), await listed(folder.files, 'g')]).toEqual([
      ['folder g'],
      ['folder e'],
    ]);
  },
  async 'C1: a file that is replaced is another one; who has the old one open reads the old'(folder) {
    await folder.write('a', 'old');
    await folder.write('a.tmp', 'new');
    await using file = await folder.files.open('a');
    const before = await statAt(folder, 'a.tmp');
    await nextTick();
    await folder.rename('a.tmp', 'a');
    expect(changed(before, await statAt(folder, 'a'))).toEqual(['ctimeNs']);
    expect([await readFrom(file), await contentAt(folder, 'a')]).toEqual(['old', 'new']);
    expect(await listed(folder.files)).toEqual(['file a']);
  },
  async 'a file that is removed stays readable for who has it open'(folder) {
    await folder.write('d/a', 'A');
    await using file = await folder.files.open('d/a');
    await folder.remove('d');
    expect([await readFrom(file), await folder.files.look('d/a')]).toEqual(['A', null]);
    expect([await listed(folder.files), (await file.stat())?.sizeBytes]).toEqual([[], 1]);
  },
  async 'a file that is made anew has another birth or inode'(folder) {
    await folder.write('a', 'A');
    const remake = async () => {
      await folder.remove('a');
      await folder.write('a', 'A');
    };
    const parts = await changes(folder, ['a', 'a'], remake);
    expect(parts.some((part) => part === 'ino' || part === 'birthNs')).toBe(true);
  },
  async 'a second name is of the same file, and that it comes or goes shows in the ctime'(folder) {
    await folder.write('a', 'A');
    expect(await changes(folder, ['a', 'a'], () => folder.link('a', 'b'))).toEqual(['ctimeNs']);
    expect(await statAt(folder, 'b')).toEqual(await statAt(folder, 'a'));
    await folder.write('b', 'both');
    expect(await contentAt(folder, 'a')).toBe('both');
    expect(await changes(folder, ['a', 'a'], () => folder.remove('b'))).toEqual(['ctimeNs']);
  },
  async 'C3: names are given as they are spelled, one form beside the other'(folder) {
    for (const name of [NFC, NFD]) await folder.write(name, name);
    expect(await listed(folder.files)).toEqual([`file ${NFC}`, `file ${NFD}`].toSorted());
    expect([await contentAt(folder, NFC), await contentAt(folder, NFD)]).toEqual([NFC, NFD]);
  },
  async 'C4: names that differ in case only are two'(folder) {
    await folder.write('Name', 'N');
    expect(await folder.files.look('name')).toBeNull();
    await folder.rename('Name', 'name');
    expect([await folder.files.look('Name'), await contentAt(folder, 'name')]).toEqual([null, 'N']);
  },
  async 'what is small is read whole, up to its limit'({ files, ...folder }) {
    await folder.write('d/rules', '*.log');
    await folder.symlink('link');
    expect(Buffer.from((await files.readIfThere('d/rules', 5)) ?? '').toString()).toBe('*.log');
    expect([await files.readIfThere('none', 5), await files.readIfThere('d/rules/below', 5)]).toEqual([
      null,
      null,
    ]);
    expect(await codeOf(files.readIfThere('d/rules', 4))).toEqual(refusal('EFBIG'));
    for (const path of ['d', 'link'])
      expect(await codeOf(files.readIfThere(path, 5))).toEqual(refusal('EISDIR'));
  },
  async 'C15: a file that may not be read is there, and says so when it is opened'(folder) {
    await folder.write('a', 'A');
    await folder.lock('a');
    expect([await listed(folder.files), (await statAt(folder, 'a')).sizeBytes]).toEqual([['file a'], 1]);
    expect(await codeOf(folder.files.open('a'))).toEqual(refusal('EACCES'));
    expect(await codeOf(folder.files.readIfThere('a', 5))).toEqual(refusal('EACCES'));
  },
  async 'C15: a folder that may not be read is there; whether something is in it nobody can say'(folder) {
    await folder.write('d/e/a', 'A');
    await folder.lock('d');
    const { files } = folder;
    expect([await listed(files), await files.look('d')]).toEqual([
      ['folder d'],
      { name: 'd', kind: 'folder' },
    ]);
    const asked = [
      listed(files, 'd'),
      listed(files, 'd/e'),
      files.look('d/e/a'),
      files.look('d/none'),
      files.open('d/e/a'),
      files.readIfThere('d/rules', 5),
    ];
    for (const each of asked.map(codeOf)) expect(await each).toEqual(refusal('EACCES'));
  },
  async 'C15: the folder itself is known again, and is missed when it is not there'(folder) {
    const before = await folder.files.root();
    await folder.write('a', 'A');
    const { dev, ino, birthNs } = await folder.files.root();
    expect({ dev, ino, birthNs }).toEqual({ dev: before.dev, ino: before.ino, birthNs: before.birthNs });
    await folder.takeAway();
    expect(await codeOf(folder.files.root())).toEqual(refusal('ENOENT'));
  },
};

const FOLDERS = [
  ['in memory', createMemoryFolder],
  ['real', createRealFolder],
] as const;

// What is expected is what Linux has; the others tell neither names that fold nor pipes in this way.
test
  .skipIf(process.platform !== 'linux')
  .each(
    Object.entries(EXPECTATIONS).flatMap(([what, hold]) =>
      FOLDERS.map(([kind, create]) => ({ what, hold, kind, create })),
    ),
  )('$kind: $what', async ({ hold, create }) => {
  await using folder = await create();
  await expect(hold(folder)).resolves.toBeUndefined();
});
