import { access } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { isInstashareError } from '@instashare/client';
import type { FileDto } from '@instashare/contracts';
import { makeFolder } from '@instashare/sync';
import { AppFailure } from '../shared/app-failure.ts';
import type { Account } from './account.ts';
import { commonFolder } from './common-folder.ts';
import { placeBelow } from './place-below.ts';
import type { TransferProgress } from './running-transfer.ts';
import { asOfFolder, transferFailure } from './transfer-failure.ts';

/**
 * Downloads into `folder`, each verified; one whose name is taken there gets a free one. They keep their folders from the
 * deepest that all of them lie in. Gives how many.
 */
export function downloadFiles(account: Account, ids: readonly string[], folder: string): number {
  const { client, files, transfers, activity } = account;
  const wanted = ids.flatMap((id) => files.index.get(id) ?? []);
  if (wanted.length === 0)
    throw new AppFailure({ code: 'file_not_found', message: 'It is not there any more' });
  const common = commonFolder(wanted.map(({ path }) => path));
  for (const { id, path, sizeBytes } of wanted) {
    transfers.add({
      kind: 'download',
      path,
      sizeBytes,
      async run(progress) {
        // Only when its turn comes: there may be thousands.
        const { signal } = progress;
        const file = await client.call((trpc) => trpc.files.get.query({ id }, { signal }));
        // Its path may be another by now; it goes where those go that it was chosen with.
        await downloadInto(account, file, { folder, below: path.slice(common.length) })(progress);
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
  const download = downloadInto(account, file, { folder, below: path.slice(path.lastIndexOf('/') + 1) });
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

interface Place {
  /** The one that was chosen. */
  readonly folder: string;
  /** Where in it, as a path of the server's. */
  readonly below: string;
}

/** Throws when it is called, not later, when the system takes no such name. */
function downloadInto({ client }: Account, file: FileDto, { folder, below }: Place) {
  const { version } = file;
  const to = placeBelow(folder, below, process.platform);
  return async (progress: TransferProgress): Promise<string> => {
    try {
      if (below.includes('/')) await requireFolder(dirname(to), folder);
      return await toFreeName(to, (free) =>
        client.downloadFile({ file, version, to: free, overwrite: false, ...progress }),
      );
    } catch (error) {
      throw asOfFolder(error);
    }
  };
}

async function requireFolder(path: string, chosen: string): Promise<void> {
  // One that has gone, with its disk perhaps, is not brought back.
  await access(chosen);
  if (await makeFolder(path)) return;
  throw new AppFailure({
    code: 'name_taken',
    message: `There is a file where the folder ${path} would be`,
  });
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

export function noteEnd(
  activity: Account['activity'],
  kind: 'downloaded' | 'uploaded',
  { path, error }: { readonly path: string; readonly error: unknown },
): void {
  if (error === null) activity.add({ kind, path });
  else activity.add({ kind: 'failed', path, detail: transferFailure(error).message });
}
