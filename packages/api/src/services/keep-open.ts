import type { UploadRow } from '@instashare/backend/database';
import type { Dependencies } from './dependencies.ts';

/**
 * Gives an upload its lifetime anew, unless at least half of it is left: one that gets on does not expire under the
 * hands of who works on it. Only for those that do get on: what an upload that can not has sent would otherwise be
 * kept for as long as somebody tries. Gives the time until which it then lives.
 */
export async function keepOpen(
  { config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>,
  upload: UploadRow,
): Promise<Date> {
  const lifetimeMs = config.uploadExpiresSeconds * 1000;
  if (upload.expiresAt.getTime() - now().getTime() > lifetimeMs / 2) return upload.expiresAt;
  const expiresAt = new Date(now().getTime() + lifetimeMs);
  await database.repositories.uploads.extend(upload.id, expiresAt);
  return expiresAt;
}
