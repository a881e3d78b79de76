import type { FileRow, FileVersionRow, NewBlob, Repositories } from '../database/index.ts';
import { errors } from '../errors/index.ts';
import { requireSeen } from './lost-content.ts';
import type { SeenObjects } from './seen-objects.ts';

/** Content to become a file's current version. */
export interface NewContent {
  readonly path: string;
  readonly contentType: string;
  readonly modifiedAt: Date | null;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Where it was just written; null when only content that is known already will do. */
  readonly object: {
    readonly key: string;
    /** null: it is the whole object. */
    readonly offset: number | null;
    readonly verified: boolean;
  } | null;
  /** The version that the file must be at; 0: none; null: any. */
  readonly ifVersion?: number | null;
}

export interface LinkedVersion {
  readonly fileId: string;
  /** The file as it is now, where that is known without asking: a new one over a new blob. */
  readonly newFile: FileRow | null;
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

interface Linkable {
  readonly index: number;
  readonly content: NewContent;
  readonly blob: ResolvedBlob;
}

export interface LinkDependencies {
  /** A new id: UUIDv7, so that rows made one after the other lie side by side in the indexes. */
  readonly newId: () => string;
  readonly now: () => Date;
  readonly seenObjects: SeenObjects;
}

/** Content that becomes verified again and again while we look at it: something is wrong, not slow. */
const MOST_TRIES = 5;

/**
 * Inside a {@link linkingTransaction}: makes each content the current version of the file at its path, over content that the
 * user is known to have when there is some (then the new object is scheduled for deletion), or as a new blob.
 * The same content at the same path changes nothing, so an upload may be repeated. null for content without an
 * object that is not known. The answers are in the order of `contents`; of two for one path the later one
 * becomes the later version. Rejects with `version_mismatch`.
 *
 * Everyone locks in one order, blobs by sha256 and then files by path, so that two at once wait for each other
 * but never in a circle. The number of statements does not grow with the number of contents.
 */
export async function linkVersions(
  deps: LinkDependencies,
  repositories: Repositories,
  { userId, contents }: { readonly userId: string; readonly contents: readonly NewContent[] },
): Promise<(LinkedVersion | null)[]> {
  const blobs = await resolveBlobs(deps, repositories, { userId, contents });
  const linked: (LinkedVersion | null)[] = contents.map(() => null);
  let waiting: Linkable[] = contents.flatMap((content, index) => {
    const blob = blobs[index] ?? null;
    return blob === null ? [] : [{ index, content, blob }];
  });
  while (waiting.length > 0) {
    const round = new Map<string, Linkable>();
    const later: Linkable[] = [];
    for (const item of waiting) {
      if (round.has(item.content.path)) later.push(item);
      else round.set(item.content.path, item);
    }
    for (const [index, version] of await linkRound(deps, repositories, { userId, round })) {
      linked[index] = version;
    }
    waiting = later;
  }
  return linked;
}

/** The blob of each content, in their order; null for content that is neither known nor there. */
async function resolveBlobs(
  deps: LinkDependencies,
  repositories: Repositories,
  { userId, contents }: { readonly userId: string; readonly contents: readonly NewContent[] },
): Promise<(ResolvedBlob | null)[]> {
  const resolved: (ResolvedBlob | null)[] = contents.map(() => null);
  const spareKeys = new Set<string>();
  const given = new Set(contents.flatMap(({ object }) => object?.key ?? []));
  let open = contents.map((content, index) => ({ content, index }));
  for (let attempt = 1; open.length > 0; attempt += 1) {
    if (attempt > MOST_TRIES) throw new Error('content could be neither linked nor inserted');
    const sha256s = [...new Set(open.map(({ content }) => content.sha256))];
    const known = await repositories.blobs.lockVerified(userId, sha256s);
    requireSeen(
      deps.seenObjects,
      [...known.values()].filter(({ objectKey }) => !given.has(objectKey)),
    );
    const fresh = new Map<string, { readonly index: number; readonly blob: NewBlob }>();
    for (const { content, index } of open) {
      const id = known.get(content.sha256)?.id;
      if (id !== undefined) {
        resolved[index] = { id, isNew: false };
        if (content.object !== null) spareKeys.add(content.object.key);
      } else if (content.object !== null && !fresh.has(content.sha256)) {
        fresh.set(content.sha256, { index, blob: toNewBlob(deps, content, content.object) });
      }
    }
    const blobs = [...fresh.values()].map(({ blob }) => blob);
    const inserted = blobs.length === 0 ? null : await repositories.blobs.insertMany(userId, blobs);
    for (const { index, blob } of fresh.values()) {
      if (inserted?.has(blob.id) === true) resolved[index] = { id: blob.id, isNew: true };
    }
    // Left is what became known between the two statements, and a second of one content: now it is there to be linked.
    open = open.filter(({ content, index }) => resolved[index] === null && content.object !== null);
  }
  for (const [index, content] of contents.entries()) {
    if (resolved[index]?.isNew === true && content.object !== null) spareKeys.delete(content.object.key);
  }
  if (spareKeys.size > 0) await repositories.objectDeletions.schedule([...spareKeys], deps.now());
  return resolved;
}

function toNewBlob(
  { newId, now }: LinkDependencies,
  { sha256, sizeBytes }: NewContent,
  { key, offset, verified }: NonNullable<NewContent['object']>,
): NewBlob {
  const verifiedAt = verified ? now() : null;
  return { id: newId(), sha256, sizeBytes, objectKey: key, objectOffset: offset, verifiedAt };
}

/** Links contents for different paths. Gives what came of each by its index. */
async function linkRound(
  { newId }: LinkDependencies,
  { files }: Repositories,
  { userId, round }: { readonly userId: string; readonly round: ReadonlyMap<string, Linkable> },
): Promise<Map<number, LinkedVersion>> {
  const paths = [...round.keys()].map((path) => ({ path, newId: newId(), newVersionId: newId() }));
  const locked = await files.lockOrInsert(userId, paths);
  const linked = new Map<number, LinkedVersion>();
  const first: Omit<FileVersionRow, 'createdAt'>[] = [];
  const later: Omit<FileVersionRow, 'createdAt'>[] = [];
  for (const { path, newVersionId } of paths) {
    const file = locked.get(path);
    const item = round.get(path);
    if (file === undefined || item === undefined) throw new Error('a file was neither found nor inserted');
    const { index, content, blob } = item;
    const newBlob = blob.isNew ? { id: blob.id, sizeBytes: content.sizeBytes } : null;
    const version = { id: newVersionId, fileId: file.id, number: file.currentNumber + 1, blobId: blob.id };
    const isSame = file.currentBlobId === blob.id;
    const kind = file.isNew ? ('created' as const) : ('updated' as const);
    const change = isSame ? null : { fileId: file.id, versionId: version.id, kind };
    const newFile = file.isNew && blob.isNew ? toNewFile(file, item) : null;
    linked.set(index, { fileId: file.id, newFile, newBlob, change });
    const { contentType, modifiedAt, ifVersion = null } = content;
    if (!isSame && ifVersion !== null && ifVersion !== file.currentNumber) {
      throw errors.versionMismatch(path, file.currentNumber);
    }
    if (!isSame) (file.isNew ? first : later).push({ ...version, contentType, modifiedAt });
  }
  await files.addFirstVersions(first);
  await files.addVersions(later);
  return linked;
}

/** What would be read of it. */
function toNewFile(
  { id, createdAt }: Pick<FileRow, 'id' | 'createdAt'>,
  { content, blob }: Linkable,
): FileRow | null {
  const { path, contentType, modifiedAt, sha256, sizeBytes, object } = content;
  if (object === null) return null;
  return {
    id,
    path,
    createdAt,
    updatedAt: createdAt,
    versionNumber: 1,
    contentType,
    modifiedAt,
    blobId: blob.id,
    sha256,
    sizeBytes,
    status: 'stored',
    failure: null,
    encoding: 'identity',
    storedBytes: sizeBytes,
    objectKey: object.key,
    objectOffset: object.offset,
  };
}
