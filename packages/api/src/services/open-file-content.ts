import type { Readable } from 'node:stream';
import { type ContentLocation, openContent } from '@instashare/backend/content';
import type { ContentColumns } from '@instashare/backend/database';
import type { Dependencies } from './dependencies.ts';

/**
 * The bytes `[offset, offset + lengthBytes)` of a version's content. When the worker moves the content while it
 * is read, reading goes on where the content is now, at the same byte.
 */
export function openFileContent(
  { database, objects }: Pick<Dependencies, 'database' | 'objects'>,
  content: ContentColumns,
  range: { readonly offset: number; readonly lengthBytes: number; readonly signal: AbortSignal },
): Promise<Readable> {
  const relocate = async (): Promise<ContentLocation | null> => {
    const blob = await database.repositories.blobs.find(content.blobId);
    return blob === null ? null : { ...blob, key: blob.objectKey };
  };
  return openContent(objects, { ...content, key: content.objectKey }, { ...range, relocate });
}
