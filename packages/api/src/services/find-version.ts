import type { Repositories, ServedVersionRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';

/** A version of a file, by its number; the current one by null. */
export interface VersionOf {
  readonly fileId: string;
  readonly number: number | null;
}

/**
 * A version of this user's file whose content can be served. Rejects with `file_not_found`,
 * `version_not_found`, or `content_failed` and why it failed.
 */
export function findVersion(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  wanted: VersionOf,
): Promise<ServedVersionRow> {
  return requireVersion(database.repositories, userId, wanted);
}

/** As {@link findVersion}, inside a transaction. */
export async function requireVersion(
  { files, versions }: Pick<Repositories, 'files' | 'versions'>,
  userId: string,
  { fileId, number }: VersionOf,
): Promise<ServedVersionRow> {
  const version = await versions.find(userId, fileId, number);
  if (version === null) {
    if (number === null || (await files.find(userId, fileId)) === null) throw errors.fileNotFound();
    throw errors.versionNotFound(number);
  }
  if (version.status === 'failed') throw errors.contentFailed(version.failure ?? 'it was found damaged');
  return version;
}
