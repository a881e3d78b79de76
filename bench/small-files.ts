/** A tree of very many small real files of this machine: copies, no links, in folders of a known size. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHECKOUT } from '../acceptance/harness/environment.ts';
import { walkRealFiles } from '../acceptance/real-tree/real-files.ts';

/** Folders in which a system keeps many small files of many kinds. */
const SOURCES = ['/usr/share', '/usr/lib', '/usr/include', '/opt', join(CHECKOUT, 'node_modules')];
const LARGEST_BYTES = 64 * 1024;
const COPIES_AT_ONCE = 16;

/** Paths of the copies below `folder`, in the order in which {@link SmallFiles.copy} makes them. */
export interface SmallFiles {
  /** Copies the next `count`: the first of them below `part-0`, and so on. */
  readonly copy: (count: number) => Promise<string[]>;
}

/** Every file is one that was not taken before, so that contents are as different as they are on the machine. */
export function smallFilesInto(folder: string, filesInAPart: number): SmallFiles {
  const sources = walkSources();
  let index = 0;
  return {
    async copy(count) {
      const copied: string[] = [];
      while (copied.length < count) {
        const batch = await take(sources, Math.min(COPIES_AT_ONCE, count - copied.length));
        if (batch.length === 0) throw new Error(`only ${index} small files were found on this machine`);
        const made = await Promise.all(
          copiesOf(batch, { index, filesInAPart }).map((copy) => makeCopy(folder, copy)),
        );
        const paths = made.filter((path) => path !== null);
        copied.push(...paths);
        index += paths.length;
      }
      return copied;
    },
  };
}

interface Copy {
  readonly source: string;
  /** Below the tree. */
  readonly path: string;
}

const copiesOf = (sources: readonly string[], from: { index: number; filesInAPart: number }): Copy[] =>
  sources.map((source, at) => {
    const part = Math.floor((from.index + at) / from.filesInAPart);
    return { source, path: join(`part-${part}`, source) };
  });

async function* walkSources(): AsyncGenerator<string, undefined> {
  for (const source of SOURCES) {
    for await (const path of walkRealFiles(source, LARGEST_BYTES)) yield join(source, path);
  }
}

async function take(paths: AsyncGenerator<string, undefined>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const next = await paths.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/** Null: it can't be read, and is left out. Modes are not copied: what is read-only could not be changed. */
async function makeCopy(folder: string, { source, path }: Copy): Promise<string | null> {
  const bytes = await readFile(source).catch(() => null);
  if (bytes === null) return null;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
  return path;
}
