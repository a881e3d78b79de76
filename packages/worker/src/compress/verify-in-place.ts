import { openContent } from '@instashare/backend/content';
import type { BlobRow } from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';
import type { Verdict } from './compress-blob.ts';
import { digestOf, mismatch } from './digest.ts';

/** Verifies content where it is, however it is encoded there. Rejects when it can not be read. */
export async function verifyInPlace(
  blob: BlobRow,
  { objects, signal }: { readonly objects: Pick<ObjectStore, 'read'>; readonly signal: AbortSignal },
): Promise<Verdict> {
  const content = await openContent(objects, { ...blob, key: blob.objectKey }, { signal });
  const reason = mismatch(blob, await digestOf(content));
  return reason === null ? { kind: 'ready', location: blob } : { kind: 'failed', reason };
}
