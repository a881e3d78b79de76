import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { type BackupTable, createNewId } from '@instashare/backend/database';
import { createDiskObjectStore, type ObjectStore } from '@instashare/backend/storage';
import { z } from 'zod';
import { readLines } from './line-file.ts';

/**
 * The objects of a backup: laid out as a server keeps them on its disk, and written as durably. So much of its disk is left
 * free, which may be the database's own.
 */
export function openBackupObjects(
  folder: string,
  { reserveBytes }: { readonly reserveBytes: number },
): ObjectStore {
  const root = join(folder, 'objects');
  // Nobody is ever given an address into a backup.
  return createDiskObjectStore({
    root,
    publicUrl: 'http://backup.invalid',
    urlSecret: createNewId()(),
    reserveBytes,
  });
}

export const linesPath = (rowsFolder: string, name: BackupTable | 'objects'): string =>
  join(rowsFolder, `${name}.jsonl`);

/** Equal for equal secrets, and of no use to who wants to know one. */
export const markOfSecret = (authSecret: string): string =>
  createHmac('sha256', authSecret).update('which secret a backup was made with').digest('hex').slice(0, 16);

const objectSchema = z.object({ key: z.string(), sizeBytes: z.number() });

/** An object in a backup. */
export type CopiedObject = z.infer<typeof objectSchema>;

/** The objects of a backup, in the order of their keys, in pieces. */
export async function* readObjectList(rowsFolder: string): AsyncGenerator<readonly CopiedObject[]> {
  for await (const lines of readLines(linesPath(rowsFolder, 'objects')))
    yield lines.map((line) => objectSchema.parse(JSON.parse(line)));
}
