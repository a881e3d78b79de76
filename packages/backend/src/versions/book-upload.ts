import type { FileRow, UploadRow } from '../database/index.ts';
import { errors } from '../errors/index.ts';
import { type LinkDependencies, type LinkedVersion, linkVersions } from './link-versions.ts';
import { type LinkingDependencies, linkingTransaction } from './lost-content.ts';

export interface BookedUpload {
  readonly file: FileRow;
  readonly newBlob: LinkedVersion['newBlob'];
}

export interface BookOptions {
  readonly sha256: string;
  /** Whether the store itself found that the bytes have this sha256. */
  readonly verified: boolean;
  /** In place of the version that the upload itself expects its file to be at; 0: none. */
  readonly ifVersion?: number | null;
  /**
   * True when nobody asks for it: then it is not done where something newer happened at the path since the
   * upload was begun, which would be hidden by it.
   */
  readonly onlyIfNewest?: boolean;
}

/**
 * The one transaction in which an upload, whose bytes are in the store, becomes a version of its file. null, and
 * nothing done, when it was completed or ended meanwhile. Rejects with `upload_not_found` when it is gone, or
 * `version_mismatch`.
 */
export async function bookUpload(
  deps: LinkDependencies & LinkingDependencies,
  upload: UploadRow,
  { sha256, verified, ifVersion, onlyIfNewest = false }: BookOptions,
): Promise<BookedUpload | null> {
  const { userId, sizeBytes, path, contentType, modifiedAt } = upload;
  return linkingTransaction(deps, async (repositories) => {
    const locked = await repositories.uploads.lock(userId, upload.id);
    if (locked === null) throw errors.uploadNotFound();
    if (locked.state !== 'pending') return null;
    if (onlyIfNewest && (await repositories.files.changedSince(userId, path, upload.createdAt))) return null;
    const object = { key: upload.objectKey, offset: null, verified };
    const expected = ifVersion ?? upload.ifVersion;
    const content = { path, contentType, modifiedAt, sha256, sizeBytes, object, ifVersion: expected };
    const [linked] = await linkVersions(deps, repositories, { userId, contents: [content] });
    if (!linked) throw new Error('an object was given, so there is content to link');
    await repositories.uploads.markCompleted(upload.id, { fileId: linked.fileId, sha256 });
    const file = await repositories.files.find(userId, linked.fileId);
    if (file === null) throw new Error('the file is locked by this transaction');
    // What was reserved turns into what is used, unless known content serves.
    const released = linked.newBlob === null ? upload.reservedBytes : 0;
    await repositories.changes.record(userId, linked.change === null ? [] : [linked.change], -released);
    return { file, newBlob: linked.newBlob };
  });
}
