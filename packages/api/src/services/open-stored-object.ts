import { errors } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';
import type { Dependencies } from './dependencies.ts';

export interface StoredObject {
  readonly sizeBytes: number;
  read(range: { offset: number; lengthBytes: number; signal: AbortSignal }): ReturnType<ObjectStore['read']>;
}

/**
 * The object that a signed address is about, as it is stored. Throws `not_found` for an address that is not
 * ours or no longer holds, and when the object is gone, so that guessing tells nothing.
 */
export async function openStoredObject(
  { objects, readUrls }: Pick<Dependencies, 'objects' | 'readUrls'>,
  key: string,
  query: Readonly<Record<string, unknown>>,
): Promise<StoredObject> {
  if (readUrls === null || !readUrls.verify(key, query)) throw errors.notFound();
  const stat = await objects.stat(key);
  if (stat === null) throw errors.notFound();
  return { sizeBytes: stat.sizeBytes, read: (range) => objects.read(key, range) };
}
