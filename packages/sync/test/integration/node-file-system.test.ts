import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, Dir, openSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createNodeFileSystem, type NodeFileSystemOptions } from '../../src/adapters/node-file-system.ts';
import { scanFolder } from '../../src/engine/scan-folder.ts';
import { createSelection } from '../../src/engine/selection.ts';
import { placeOf } from '../../src/model/local-path.ts';
import { createFakeClock } from '../support/fake-clock.ts';

async function createFolder() {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'instashare-files-')));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A program that has these files open, and nobody else. */
function startWith(input: number, output: number): ChildProcess {
  const program = spawn('sleep', ['600'], { stdio: [input, output, 'ignore'] });
  for (const descriptor of [input, output]) closeSync(descriptor);
  return program;
}

/** What a scan finds, in order. */
async function scan(folder: string, options?: NodeFileSystemOptions) {
  const files = createNodeFileSystem(folder, options);
  const found = { files: [] as string[], problems: [] as string[] };
  await scanFolder(
    files,
    {
      onFile: ({ localPath }) => found.files.push(localPath),
      onProblem: ({ localPath, code }) => found.problems.push(`${localPath}: ${code}`),
      onSkipped: () => {},
    },
    {
      folder: placeOf('', ''),
      isRecursive: true,
      selection: createSelection({
        files,
        clock: createFakeClock(),
        isExcluded: () => false,
        onChange: () => {},
      }),
      waitForRoom: () => Promise.resolve(),
      signal: new AbortController().signal,
    },
  );
  return { files: found.files.toSorted(), problems: found.problems.toSorted() };
}

test.skipIf(process.platform !== 'linux')(
  'C1: the system tells that a program has a file open for writing, also by another name, and when it has closed it',
  async () => {
    await using folder = await createFolder();
    const path = join(folder.path, 'a');
    await writeFile(path, 'A');
    await writeFile(join(folder.path, 'read'), 'R');
    const files = createNodeFileSystem(folder.path);
    const isWritten = async (name: string) => {
      await using file = await files.open(name);
      return await file.isOpenForWriting();
    };
    using program = startWith(openSync(join(folder.path, 'read'), 'r'), openSync(path, 'a'));
    expect([await isWritten('a'), await isWritten('read')]).toEqual([true, false]);
    await rename(path, join(folder.path, 'b'));
    await vi.waitFor(async () => expect(await isWritten('b')).toBe(true));
    program.kill();
    await vi.waitFor(async () => expect(await isWritten('b')).toBe(false));
  },
);

test.each([
  ['a folder of many files is listed in batches, each file once', undefined],
  ['C8: a folder that may hold millions is not listed all at once', { smallFolderBytes: 0 }],
] as const)('%s', async (_name, options) => {
  await using folder = await createFolder();
  const names = Array.from({ length: 1_000 }, (_, index) => `f${index}`).toSorted();
  await Promise.all(names.map((name) => writeFile(join(folder.path, name), name)));
  expect(await scan(folder.path, options)).toEqual({ files: names, problems: [] });
});

/** As an older Electron has it, to which the desktop app may be built. */
function useFoldersOfNode20(): void {
  for (const symbol of [Symbol.dispose, Symbol.asyncDispose]) {
    const method = Object.getOwnPropertyDescriptor(Dir.prototype, symbol);
    if (method === undefined) continue;
    Object.defineProperty(Dir.prototype, symbol, { ...method, value: undefined });
    onTestFinished(() => void Object.defineProperty(Dir.prototype, symbol, method));
  }
}

test('C8: a large folder is listed where folders can not be disposed of, too', async () => {
  await using folder = await createFolder();
  await writeFile(join(folder.path, 'a'), 'A');
  useFoldersOfNode20();
  expect(await scan(folder.path, { smallFolderBytes: 0 })).toEqual({ files: ['a'], problems: [] });
});

test.skipIf(process.platform !== 'linux')(
  'C5: files and folders whose names are not UTF-8 are told, and not passed over without a word',
  async () => {
    await using folder = await createFolder();
    const named = (name: Buffer) => Buffer.concat([Buffer.from(`${folder.path}/`), name]);
    const badFolder = named(Buffer.from([0x64, 0xff]));
    await mkdir(badFolder);
    await writeFile(Buffer.concat([badFolder, Buffer.from('/inside')]), 'I');
    for (const last of [0xfe, 0xff]) await writeFile(named(Buffer.from([0x66, last])), 'F');
    await mkdir(join(folder.path, 'really \uFFFD'));
    await writeFile(join(folder.path, 'really \uFFFD/a'), 'A');
    expect(await scan(folder.path)).toEqual({
      files: ['really \uFFFD/a'],
      problems: ['d\uFFFD: invalid_name', 'f\uFFFD: invalid_name', 'f\uFFFD: invalid_name'],
    });
  },
);

test('rules are read whole, and nothing else is taken for rules', async () => {
  await using folder = await createFolder();
  const files = createNodeFileSystem(folder.path);
  const path = (name: string) => join(folder.path, name);
  await writeFile(path('rules'), '*.log\n');
  await mkdir(path('folder'));
  await symlink('rules', path('link'));
  await expect(files.readIfThere('rules', 100)).resolves.toEqual(Buffer.from('*.log\n'));
  await expect(files.readIfThere('none', 100)).resolves.toBeNull();
  await expect(files.readIfThere('rules/below', 100)).resolves.toBeNull();
  await expect(files.readIfThere('rules', 3)).rejects.toMatchObject({ code: 'EFBIG' });
  for (const name of ['folder', 'link'])
    await expect(files.readIfThere(name, 100)).rejects.toMatchObject({ code: 'EISDIR' });
});
