import type { Repositories } from '@instashare/backend/database';
import type { Dependencies } from './dependencies.ts';

/** Content to become a file's current version. */
export interface NewContent {
  readonly path: string;
  readonly contentType: string;
  readonly modifiedAt: Date | null;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The object that was just written; null when only content that is known already will do. */
  readonly object: { readonly key: string; readonly verified: boolean } | null;
}

export interface LinkedVersion {
  readonly fileId: string;
  /** The blob that was made of the new object; null when content that was known serves. */
  readonly newBlob: { readonly id: string; readonly sizeBytes: number } | null;
  /** What to book; null when the file stands as it stood. */
  readonly change: {
    readonly fileId: string;
    readonly versionId: string;
    readonly kind: 'created' | 'updated';
  } | null;
}

interface ResolvedBlob {
  readonly id: string;
  readonly isNew: boolean;
}

interface Owned<Content> {
  readonly userId: string;
  readonly content: Content;
}

type Used = Pick<Dependencies, 'newId' | 'now'>;

/** Content that becomes verified again and again while we look at it: something is wrong, not slow. */
const MOST_TRIES = 5;

/**
 * Inside a transaction: makes each content the current version of the file at its path, over content that the
 * user is known to have when there is some (then the new object is scheduled for deletion), or as a new blob.
 * The same content at the same path changes nothing, so an upload may be repeated. null for content without an
 * object that is not known. The answers are in the order of `contents`.
 *
 * Everyone locks in one order, blobs by sha256 and then files by path, so that two at once wait for each other
 * but never in a circle.
 */
export async function linkVersions(
  deps: Used,
  repositories: Repositories,
  { userId, contents }: { readonly userId: string; readonly contents: readonly NewContent[] },
): Promise<(LinkedVersion | null)[]> {
  const items = contents.map((content, index) => ({ content, index }));
  const blobs: (ResolvedBlob | null)[] = [];
  for (const { content, index } of items.toSorted((a, b) => compare(a.content.sha256, b.content.sha256))) {
    blobs[index] = await resolveBlob(deps, repositories, { userId, content });
  }
  const linked: (LinkedVersion | null)[] = [];
  // A stable sort: of two contents for one path the later one becomes the later version.
  for (const { content, index } of items.toSorted((a, b) => compare(a.content.path, b.content.path))) {
    const blob = blobs[index] ?? null;
    linked[index] =
      blob === null ? null : await linkToFile(deps, repositories, { userId, content: { ...content, blob } });
  }
  return linked;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function linkToFile(
  { newId }: Used,
  { files }: Repositories,
  { userId, content }: Owned<NewContent & { readonly blob: ResolvedBlob }>,
): Promise<LinkedVersion> {
  const { blob } = content;
  const newBlob = blob.isNew ? { id: blob.id, sizeBytes: content.sizeBytes } : null;
  const file = await files.lockOrInsert(userId, content.path, newId());
  if (file.currentBlobId === blob.id) return { fileId: file.id, newBlob, change: null };
  const versionId = newId();
  await files.addVersion({
    id: versionId,
    fileId: file.id,
    number: file.currentNumber + 1,
    blobId: blob.id,
    contentType: content.contentType,
    modifiedAt: content.modifiedAt,
  });
  const kind = file.isNew ? 'created' : 'updated';
  return { fileId: file.id, newBlob, change: { fileId: file.id, versionId, kind } };
}

async function resolveBlob(
  { newId, now }: Used,
  { blobs, objectDeletions }: Repositories,
  { userId, content }: Owned<NewContent>,
): Promise<ResolvedBlob | null> {
  const { object, sha256, sizeBytes } = content;
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const known = await blobs.lockVerified(userId, sha256);
    if (known !== null) {
      if (object !== null) await objectDeletions.schedule([object.key], now());
      return { id: known.id, isNew: false };
    }
    if (object === null) return null;
    const id = newId();
    const inserted = await blobs.insert({
      id,
      userId,
      sha256,
      sizeBytes,
      objectKey: object.key,
      encoding: 'identity',
      storedBytes: sizeBytes,
      status: 'stored',
      verifiedAt: object.verified ? now() : null,
    });
    if (inserted) return { id, isNew: true };
    // The same content became known between the two statements: now it is there to be linked.
  }
  throw new Error('content could be neither linked nor inserted');
}
