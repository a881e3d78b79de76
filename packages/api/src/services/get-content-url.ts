import type { ContentUrl, ContentUrlInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { findVersion } from './find-version.ts';

/** Long enough to begin a download; one that has begun goes on. */
const LIFETIME_MS = 15 * 60_000;

/**
 * An address of the stored object for a client that decodes the content itself. Only ever for its owner: an object
 * may hold other small contents of theirs beside this one. Rejects as `findVersion` does.
 */
export async function getContentUrl(
  deps: Pick<Dependencies, 'database' | 'now' | 'objects'>,
  userId: string,
  { id, version: number }: ContentUrlInput,
): Promise<ContentUrl> {
  const version = await findVersion(deps, userId, { fileId: id, number: number ?? null });
  const expiresAt = new Date(deps.now().getTime() + LIFETIME_MS);
  const { encoding, objectKey, objectOffset, storedBytes, sizeBytes, sha256 } = version;
  const url = await deps.objects.signedReadUrl(objectKey, { expiresAt });
  const place = { encoding, offset: objectOffset ?? 0, storedBytes };
  return { url, expiresAt: expiresAt.toISOString(), ...place, sizeBytes, sha256 };
}
