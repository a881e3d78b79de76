import { openContent } from '@instashare/backend/content';
import type { ObjectStore } from '@instashare/backend/storage';
import { z } from 'zod';
import { digestOf, mismatch } from '../../compress/digest.ts';
import { AdminError } from '../admin-error.ts';
import { readFaultOf } from '../read-fault.ts';
import { linesPath, readObjectList } from './backup-folder.ts';
import { type CopyOptions, copyAnew } from './copy-objects.ts';
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

export interface DamagedContent {
  readonly id: string;
  readonly objectKey: string;
  readonly reason: string;
}

interface Reading {
  readonly rowsFolder: string;
  readonly signal: AbortSignal;
  /** Of these objects only; what is taken out of it meanwhile is not read any more. */
  readonly keys?: ReadonlySet<string>;
  readonly onRead?: () => void;
}

export const keysOf = (contents: readonly DamagedContent[]): Set<string> =>
  new Set(contents.map(({ objectKey }) => objectKey));

/** Reads all content that the backup has, decoded, and gives what is not what it should be. */
export async function findDamagedCopies(
  copies: Pick<ObjectStore, 'read'>,
  reading: Reading,
): Promise<readonly DamagedContent[]> {
  const damaged: DamagedContent[] = [];
  for await (const content of damagedContents(copies, reading)) damaged.push(content);
  if (damaged.length === 0) return damaged;
  // What could not be had when it was made is in no list, and was told of then.
  const keys = keysOf(damaged);
  const listed = new Set<string>();
  for await (const objects of readObjectList(reading.rowsFolder))
    for (const { key } of objects) if (keys.has(key)) listed.add(key);
  return damaged.filter(({ objectKey }) => listed.has(objectKey));
}

/**
 * Copies damaged objects again from a store that nothing is deleted from meanwhile: those that are well there, with all
 * that lives in them. Gives their keys.
 */
export async function replaceDamaged(
  damaged: ReadonlySet<string>,
  { from, to, rowsFolder, signal }: Pick<CopyOptions, 'from' | 'to'> & Reading,
): Promise<readonly string[]> {
  const well = new Set(damaged);
  const inStore = damagedContents(from, { rowsFolder, signal, keys: well });
  for await (const { objectKey } of inStore) well.delete(objectKey);
  for await (const objects of readObjectList(rowsFolder)) {
    for (const object of objects.filter(({ key }) => well.has(key))) {
      const fault = await copyAnew(object, { from, to, signal });
      if (fault !== null)
        throw new AdminError(
          `Object ${object.key} could not be copied again: ${fault.reason}. Make the backup again.`,
        );
    }
  }
  return [...well];
}

async function* damagedContents(
  store: Pick<ObjectStore, 'read'>,
  { rowsFolder, signal, keys, onRead = () => {} }: Reading,
): AsyncGenerator<DamagedContent> {
  for await (const lines of readLines(linesPath(rowsFolder, 'blobs'))) {
    for (const line of lines) {
      signal.throwIfAborted();
      const row = blobSchema.parse(JSON.parse(line));
      if (row.status === 'failed' || keys?.has(row.object_key) === false) continue;
      const reason = await findFault(store, row, signal);
      onRead();
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
    signal.throwIfAborted();
    const fault = readFaultOf(error);
    if (fault === null) throw error;
    return fault.reason;
  }
}
