import type { UploadRow } from '@instashare/backend/database';
import type { Dependencies } from './dependencies.ts';
import { requireOpen } from './require-open.ts';

/**
 * The upload, when it can still go on, with at least half of its lifetime before it: one that somebody works
 * on does not expire under their hands. Throws as `requireOpen` does.
 */
export async function keepOpen(
  { config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>,
  found: UploadRow | null,
): Promise<UploadRow> {
  const upload = requireOpen(found, now());
  const lifetimeMs = config.uploadExpiresSeconds * 1000;
  if (upload.expiresAt.getTime() - now().getTime() > lifetimeMs / 2) return upload;
  const expiresAt = new Date(now().getTime() + lifetimeMs);
  await database.repositories.uploads.extend(upload.id, expiresAt);
  return { ...upload, expiresAt };
}
