import { extname } from 'node:path';
import { isInstashareError } from '@instashare/client';
import type { FileDto } from '@instashare/contracts';
import { localPathIn } from '@instashare/sync';
import { AppFailure } from '../shared/app-failure.ts';
import type { Account } from './account.ts';
import type { TransferProgress } from './running-transfer.ts';
import { transferFailure } from './transfer-failure.ts';

/** Downloads into `folder`, each verified; one whose name is taken there gets a free one. Gives how many. */
export function downloadFiles(account: Account, ids: readonly string[], folder: string): number {
  const { client, files, transfers, activity } = account;
  const wanted = ids.flatMap((id) => files.index.get(id) ?? []);
  if (wanted.length === 0)
    throw new AppFailure({ code: 'file_not_found', message: 'It is not there any more' });
  for (const { id, path, sizeBytes } of wanted) {
    transfers.add({
      kind: 'download',
      path,
      sizeBytes,
      async run(progress) {
        // Only when its turn comes: there may be thousands.
        const { signal } = progress;
        const file = await client.call((trpc) => trpc.files.get.query({ id }, { signal }));
        await downloadInto(account, file, folder)(progress);
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

export function noteEnd(
  activity: Account['activity'],
  kind: 'downloaded' | 'uploaded',
  { path, error }: { readonly path: string; readonly error: unknown },
): void {
  if (error === null) activity.add({ kind, path });
  else activity.add({ kind: 'failed', path, detail: transferFailure(error).message });
}
