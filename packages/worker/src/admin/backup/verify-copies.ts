import { openContent } from '@instashare/backend/content';
import { isStorageError } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';
import { z } from 'zod';
import { digestOf, mismatch } from '../../compress/digest.ts';
import { linesPath } from './backup-folder.ts';
import { readLines } from './line-file.ts';

/** What of a row of `blobs` says where its content is and what it should be. */
const blobSchema = z.object({
  id: z.string(),
  sha256: z.string().transform((text) => text.replace(/^\\x/, '')),
  size_bytes: z.number(),
  object_key: z.string(),
  object_offset: z.number().nullable(),
  encoding: z.enum(['identity', 'zstd']),
  stored_bytes: z.number(),
  status: z.enum(['stored', 'ready', 'failed']),
});

export interface DamagedCopy {
  readonly id: string;
  readonly objectKey: string;
  readonly reason: string;
}

/** Reads all content of a backup, decoded, and gives what is not what it should be. */
export async function* damagedCopies(
  store: Pick<ObjectStore, 'read'>,
  rowsFolder: string,
  signal: AbortSignal,
): AsyncGenerator<DamagedCopy> {
  for await (const lines of readLines(linesPath(rowsFolder, 'blobs'))) {
    for (const line of lines) {
      signal.throwIfAborted();
      const row = blobSchema.parse(JSON.parse(line));
      if (row.status === 'failed') continue;
      const reason = await findFault(store, row, signal);
      if (reason !== null) yield { id: row.id, objectKey: row.object_key, reason };
    }
  }
}

async function findFault(
  store: Pick<ObjectStore, 'read'>,
  row: z.infer<typeof blobSchema>,
  signal: AbortSignal,
): Promise<string | null> {
  const location = {
    key: row.object_key,
    objectOffset: row.object_offset,
    encoding: row.encoding,
    sizeBytes: row.size_bytes,
    storedBytes: row.stored_bytes,
  };
  try {
    return mismatch(
      { ...row, sizeBytes: row.size_bytes },
      await digestOf(await openContent(store, location, { signal })),
    );
  } catch (error) {
    if (isStorageError(error, 'object_missing') || isStorageError(error, 'object_damaged'))
      return error.message;
    throw error;
  }
}
