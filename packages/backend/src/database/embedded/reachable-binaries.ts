import { chmod, cp, mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Binaries, binariesIn } from './binaries.ts';
import { runAs } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

export interface ReachableBinariesOptions {
  readonly user: ServerUser | null;
  readonly onNotice: (line: string) => void;
  /** Where copies are kept. By default a folder that only root can write, so that nobody can plant programs. */
  readonly copiesFolder?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The same binaries, at a place where `user` can run them. A checkout in /root or in another private folder is
 * out of that user's reach: then a copy, which holds no data and can be deleted at any time, serves.
 */
export async function reachableBinaries(
  installed: Binaries,
  options: ReachableBinariesOptions,
): Promise<Binaries> {
  const { user, signal, copiesFolder = '/var/lib/instashare' } = options;
  const fault = await whyNotRunnable(installed, user, signal);
  if (fault === null) return installed;
  if (user === null) throw new Error(`PostgreSQL's programs do not run on this system: ${fault}`);

  const copy = binariesIn(join(copiesFolder, `postgresql-${installed.version}`), installed.version);
  const isGood = async () => (await whyNotRunnable(copy, user, signal)) === null;
  if (await isGood()) return copy;
  await copyBinaries(installed, { to: copy, isGood });
  const faultOfCopy = await whyNotRunnable(copy, user, signal);
  if (faultOfCopy !== null)
    throw new Error(`PostgreSQL's programs do not run on this system: ${faultOfCopy}`);
  options.onNotice(
    `PostgreSQL runs as the user "${user.name}", who cannot reach ${installed.root}: ` +
      `it runs from a copy in ${copy.root} (the data stays in the data folder).`,
  );
  return copy;
}

/** Found out by trying: no reading of permissions knows of every rule that a system may have. */
async function whyNotRunnable(
  binaries: Binaries,
  user: ServerUser | null,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    const said = await runAs(binaries.postgres, ['--version'], { user, signal });
    // An empty file runs as well: as a shell's script.
    return said.includes('PostgreSQL') ? null : `${binaries.postgres} is damaged`;
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

/** Appears whole or not at all: made beside its place, on the disk before it is moved there. */
async function copyBinaries(from: Binaries, options: CopyOptions): Promise<void> {
  const { to, isGood } = options;
  const folder = dirname(to.root);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const unfinished = await mkdtemp(`${to.root}.new-`);
  try {
    const root = join(unfinished, 'postgresql');
    await cp(from.root, root, { recursive: true, verbatimSymlinks: true });
    await openToAll(root);
    try {
      await rename(root, to.root);
    } catch {
      // Something is there: another start's good copy, just made, or one that was damaged.
      if (await isGood()) return;
      await rm(to.root, { recursive: true, force: true });
      await rename(root, to.root);
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

interface CopyOptions {
  readonly to: Binaries;
  readonly isGood: () => Promise<boolean>;
}

/** Readable for every user, whatever umask npm ran with, and safe on the disk. */
async function openToAll(root: string): Promise<void> {
  await chmod(root, 0o755);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (!entry.isFile()) continue;
    await using file = await open(path, 'r');
    const { mode } = await file.stat();
    await file.chmod((mode & 0o100) === 0 ? 0o644 : 0o755);
    await file.sync();
  }
}
