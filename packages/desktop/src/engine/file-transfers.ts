import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isInstashareError } from '@instashare/client';
import type { FileDto } from '@instashare/contracts';
import { joinPath } from '@instashare/contracts/rules';
import { exclusionsFor, localPathIn } from '@instashare/sync';
import type { Account } from './account.ts';
import { transferFailure } from './transfer-failure.ts';
import type { TransferProgress } from './transfers.ts';

/** Downloads into `folder`, each verified; one whose name is taken there gets a free one. */
export async function downloadFiles(
  account: Account,
  ids: readonly string[],
  folder: string,
): Promise<number> {
  const { client, transfers, activity } = account;
  const wanted = await Promise.all(ids.map((id) => client.call((trpc) => trpc.files.get.query({ id }))));
  for (const file of wanted) {
    const { path, sizeBytes } = file;
    const download = downloadInto(account, file, folder);
    transfers.add({
      kind: 'download',
      path,
      sizeBytes,
      async run(progress) {
        await download(progress);
      },
      onEnd: (error) => noteEnd(activity, 'downloaded', { path, error }),
    });
  }
  return wanted.length;
}

/** The same for one file that somebody waits for, to be shown where it is then; gives its path. */
export async function downloadOne(account: Account, id: string, folder: string): Promise<string> {
  const { client, transfers, activity } = account;
  const file = await client.call((trpc) => trpc.files.get.query({ id }));
  const { path, sizeBytes } = file;
  const download = downloadInto(account, file, folder);
  let to = '';
  await transfers.runNow({
    kind: 'download',
    path,
    sizeBytes,
    async run(progress) {
      to = await download(progress);
    },
  });
  activity.add({ kind: 'downloaded', path });
  return to;
}

/** Throws when it is called, not later, when the system takes no such name. */
function downloadInto({ client }: Account, file: FileDto, folder: string) {
  const { path, version } = file;
  // The server is not trusted with where a file goes: only its name is taken, and that is checked.
  const to = localPathIn(folder, path.slice(path.lastIndexOf('/') + 1), process.platform);
  return (progress: TransferProgress): Promise<string> =>
    toFreeName(to, (free) => client.downloadFile({ file, version, to: free, overwrite: false, ...progress }));
}

const MOST_NAMES = 1000;

/** Tries `name`, `name (2)`, … until one is free, and gives that. */
async function toFreeName(to: string, attempt: (path: string) => Promise<unknown>): Promise<string> {
  const extension = extname(to);
  const stem = to.slice(0, to.length - extension.length);
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? to : `${stem} (${n})${extension}`;
    try {
      await attempt(free);
      return free;
    } catch (error) {
      if (!isInstashareError(error, 'target_exists') || n === MOST_NAMES) throw error;
    }
  }
}

/**
 * Uploads files, and folders with all that is in them, to below `prefix`. Links are not followed; what is ours, such as
 * the log-in, is left out, and what can't be read or may not be uploaded is noted.
 */
export async function uploadPaths(account: Account, paths: readonly string[], prefix: string): Promise<void> {
  const onUnreadable = (path: string, error: unknown) =>
    noteEnd(account.activity, 'uploaded', { path, error });
  for (const path of paths) {
    const name = joinPath(prefix, basename(path));
    try {
      const root = await realpath(path);
      const isExcluded = exclusionsFor(root, await account.ownFolders());
      for await (const found of filesBelow({ root, name, isExcluded, onUnreadable }, '')) {
        uploadOne(account, found);
      }
    } catch (error) {
      onUnreadable(name, error);
    }
  }
}

interface LocalFile {
  readonly localPath: string;
  readonly path: string;
  readonly sizeBytes: number;
}

interface Walk {
  /** What was dropped, and what it is called on the server. */
  readonly root: string;
  readonly name: string;
  readonly isExcluded: (localPath: string) => boolean;
  readonly onUnreadable: (path: string, error: unknown) => void;
}

/** `below`: where in what was dropped; '' is itself. */
async function* filesBelow(walk: Walk, below: string): AsyncGenerator<LocalFile> {
  const localPath = join(walk.root, below);
  const path = below === '' ? walk.name : joinPath(walk.name, below);
  try {
    const found = await stat(localPath);
    if (found.isFile()) yield { localPath, path: path.normalize('NFC'), sizeBytes: found.size };
    if (!found.isDirectory()) return;
    for (const entry of await readdir(localPath, { withFileTypes: true })) {
      const next = below === '' ? entry.name : `${below}/${entry.name}`;
      if ((entry.isFile() || entry.isDirectory()) && !walk.isExcluded(next)) yield* filesBelow(walk, next);
    }
  } catch (error) {
    walk.onUnreadable(path, error);
  }
}

function uploadOne(
  { client, transfers, activity }: Account,
  { localPath, path, sizeBytes }: LocalFile,
): void {
  transfers.add({
    kind: 'upload',
    path,
    sizeBytes,
    run: async ({ signal, onProgress }) => {
      await client.upload(localPath, { path, signal, onProgress });
    },
    onEnd: (error) => noteEnd(activity, 'uploaded', { path, error }),
  });
}

function noteEnd(
  activity: Account['activity'],
  kind: 'downloaded' | 'uploaded',
  { path, error }: { readonly path: string; readonly error: unknown },
): void {
  if (error === null) activity.add({ kind, path });
  else activity.add({ kind: 'failed', path, detail: transferFailure(error).message });
}
