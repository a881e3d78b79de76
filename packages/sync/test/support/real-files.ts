import { execFile } from 'node:child_process';
import {
  appendFile,
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createNodeFileSystem } from '../../src/adapters/node-file-system.ts';
import type { FileSystem } from '../../src/engine/environment.ts';
import { createFakeClock } from './fake-clock.ts';
import { createMemoryFiles } from './memory-files.ts';

/** A folder, as the engine sees it, and the hands that change it. Folders on the way are made. */
export interface TouchedFolder extends AsyncDisposable {
  readonly files: FileSystem;
  write(path: string, content: string): Promise<void>;
  append(path: string, content: string): Promise<void>;
  touch(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  symlink(path: string): Promise<void>;
  pipe(path: string): Promise<void>;
  /** Nobody may read this file, or list this folder and look at what is in it. */
  lock(path: string): Promise<void>;
  /** The folder itself is not at its place any more. */
  takeAway(): Promise<void>;
}

export function createMemoryFolder(): Promise<TouchedFolder> {
  const files = createMemoryFiles(createFakeClock());
  const doing = (act: () => void): Promise<void> => Promise.resolve().then(act);
  return Promise.resolve<TouchedFolder>({
    files,
    write: (path, content) => doing(() => files.write(path, content)),
    append: (path, content) => doing(() => files.append(path, content)),
    touch: (path) => doing(() => files.touch(path)),
    rename: (from, to) => doing(() => files.rename(from, to)),
    remove: (path) => doing(() => files.remove(path)),
    link: (from, to) => doing(() => files.link(from, to)),
    symlink: (path) => doing(() => files.add(path, 'symlink')),
    pipe: (path) => doing(() => files.add(path, 'special')),
    lock: (path) => doing(() => files.refuse(path, 'EACCES')),
    takeAway: () => doing(() => void files.takeOut('')),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

/** Anybody but root, whom permissions do not bind. */
const NOBODY = 65_534;

export async function createRealFolder(): Promise<TouchedFolder> {
  const outer = await realpath(await mkdtemp(join(tmpdir(), 'instashare-files-')));
  const root = join(outer, 'folder');
  await mkdir(root);
  const own = process.geteuid?.() ?? NOBODY;
  const locked: string[] = [];
  const at = async (path: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  return {
    files: createNodeFileSystem(root),
    write: async (path, content) => writeFile(await at(path), content),
    append: async (path, content) => appendFile(await at(path), content),
    async touch(path) {
      const { mtimeMs } = await stat(join(root, path));
      await utimes(join(root, path), new Date(), new Date(mtimeMs + 1_000));
    },
    rename: async (from, to) => rename(join(root, from), await at(to)),
    remove: (path) => rm(join(root, path), { recursive: true }),
    link: async (from, to) => link(join(root, from), await at(to)),
    symlink: async (path) => symlink(tmpdir(), await at(path)),
    pipe: async (path) => void (await promisify(execFile)('mkfifo', [await at(path)])),
    async lock(path) {
      locked.push(join(root, path));
      await chmod(join(root, path), 0);
      if (own !== 0) return;
      for (const each of [outer, root]) await chown(each, NOBODY, NOBODY);
      process.seteuid?.(NOBODY);
    },
    takeAway: () => rename(root, `${root} before`),
    async [Symbol.asyncDispose]() {
      process.seteuid?.(own);
      for (const path of locked) await chmod(path, 0o700);
      await rm(outer, { recursive: true, force: true });
    },
  };
}
