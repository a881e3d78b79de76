import { stat } from 'node:fs/promises';
import { endsUpload, type InstashareClient, type UploadOptions } from '@instashare/client/node';
import type { BegunUpload } from './drop-journal.ts';
import type { TransferProgress } from './running-transfer.ts';

/** What of a client uploads a file that was dropped, or gives up one that was begun. */
export interface UploadingClient extends Pick<InstashareClient, 'call'> {
  upload(
    localPath: string,
    options: TransferProgress & Pick<UploadOptions, 'path' | 'resumeUploadId' | 'onSession'>,
  ): Promise<unknown>;
}

export interface DroppedFile {
  readonly localPath: string;
  readonly path: string;
  readonly begun: BegunUpload | null;
  /** From now on this is the one to go on with. */
  readonly onBegun: (begun: BegunUpload | null) => void;
}

/**
 * Uploads a file, going on where an earlier try has left off: also that of an earlier run of the app. One that has changed
 * since is sent from its beginning; one that is not noticed to have is refused by the server, which compares the whole.
 */
export async function uploadDroppedFile(
  client: UploadingClient,
  { localPath, path, begun, onBegun }: DroppedFile,
  progress: TransferProgress,
): Promise<void> {
  const fileState = await stateOf(localPath);
  const isSame = begun?.fileState === fileState;
  if (begun !== null && !isSame) {
    onBegun(null);
    void endUpload(client, begun);
  }
  try {
    await client.upload(localPath, {
      path,
      ...(isSame ? { resumeUploadId: begun.uploadId } : {}),
      onSession: (uploadId) => onBegun({ uploadId, fileState }),
      ...progress,
    });
  } catch (error) {
    // Otherwise the server keeps what it has, and so do we.
    if (!progress.signal.aborted && endsUpload(error)) onBegun(null);
    throw error;
  }
}

/** Whoever leaves need not wait for a server that is away. */
const END_WITHIN_MS = 2_000;

/** Nobody goes on with it: until the server knows that, or it expires there, it takes room from the account. */
export async function endUpload(
  client: Pick<InstashareClient, 'call'>,
  { uploadId: id }: BegunUpload,
): Promise<void> {
  const signal = AbortSignal.timeout(END_WITHIN_MS);
  await client.call((trpc) => trpc.uploads.cancel.mutate({ id }, { signal })).catch(() => undefined);
}

/** A device's number is another after a restart of the machine: it does not count. */
async function stateOf(localPath: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(localPath, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}
