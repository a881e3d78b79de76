import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, readlink, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { orIfMissing } from './translate-error.ts';

/** A file that no key leads to yet. */
export interface IncomingFile {
  readonly path: string;
  readonly handle: FileHandle;
}

export interface IncomingFiles {
  create(): Promise<IncomingFile>;
  /** Removes what processes left that were killed while they wrote. */
  tidy(): Promise<void>;
}

const TIDY_INTERVAL_MS = 10 * 60 * 1000;
/** Nobody writes to one file for longer than this without a pause. */
const MAX_IDLE_MS = 24 * 60 * 60 * 1000;
const NAME = /^(?<host>[0-9a-f]{12})\.(?<pid>\d+)\.[0-9a-f-]{36}$/;

/**
 * The files of `put` until they are whole, in a folder of their own on the objects' disk. Their names say
 * which process writes them, so that those of a dead one can be told and removed.
 */
export function createIncomingFiles(folder: string, clock: () => Date): IncomingFiles {
  let host: Promise<string> | null = null;
  let tidiedAtMs = Number.NEGATIVE_INFINITY;

  const tidy = async () => {
    tidiedAtMs = clock().getTime();
    host ??= hostIdentity();
    const oldestMs = tidiedAtMs - MAX_IDLE_MS;
    for (const name of await orIfMissing(readdir(folder), [])) {
      const path = join(folder, name);
      if (await isAbandoned(path, name, { host: await host, oldestMs }))
        await orIfMissing(unlink(path), null);
    }
  };

  const openNew = async (): Promise<IncomingFile> => {
    host ??= hostIdentity();
    const path = join(folder, `${await host}.${process.pid}.${randomUUID()}`);
    return { path, handle: await open(path, 'wx', 0o600) };
  };

  return {
    tidy,
    async create() {
      // In the background and at its own pace: whoever writes need not wait for it, nor fail with it.
      if (clock().getTime() - tidiedAtMs > TIDY_INTERVAL_MS) tidy().catch(() => {});
      const file = await orIfMissing(openNew(), null);
      if (file !== null) return file;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return openNew();
    },
  };
}

async function isAbandoned(
  path: string,
  name: string,
  known: { readonly host: string; readonly oldestMs: number },
): Promise<boolean> {
  const writer = NAME.exec(name)?.groups;
  if (writer === undefined) return false;
  if (writer['host'] === known.host && !isAlive(Number(writer['pid']))) return true;
  const file = await orIfMissing(stat(path), null);
  return file !== null && file.mtimeMs < known.oldestMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Tells apart everything within which a process id means one process: boots, and containers within one. */
async function hostIdentity(): Promise<string> {
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const pidNamespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return createHash('sha256').update([hostname(), bootId, pidNamespace].join()).digest('hex').slice(0, 12);
}
