import type { Repositories, VersionRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { FileDto, RestoreVersionInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { type Expectation, requireExpected } from './expected-version.ts';
import { requireVersion } from './find-version.ts';
import { toFileDto } from './to-file-dto.ts';

/**
 * Makes the content of an old version the file's current one again: as a new version, so that nothing of the
 * history is lost, over the same blob. The current version itself changes nothing. Rejects as `requireVersion`
 * does, or with `version_mismatch`.
 */
export async function restoreVersion(
  deps: Pick<Dependencies, 'database' | 'newId'>,
  userId: string,
  input: RestoreVersionInput & Expectation,
): Promise<FileDto> {
  return deps.database.transaction(async (repositories) => {
    const { changes, files } = repositories;
    // Blobs before files, as everyone locks.
    const old = await lockContent(repositories, userId, input);
    const locked = await files.lock(userId, input.id);
    const current = locked === null ? null : await files.find(userId, input.id);
    if (locked === null || current === null) throw errors.fileNotFound();
    if (current.blobId === old.blobId) return toFileDto(current);
    await requireExpected(repositories, userId, input);
    const { contentType, modifiedAt, blobId } = old;
    const version = { id: deps.newId(), fileId: input.id, number: current.versionNumber + 1 };
    await files.addVersions([{ ...version, blobId, contentType, modifiedAt }]);
    await changes.record(userId, [{ fileId: input.id, versionId: version.id, kind: 'updated' }], 0);
    const restored = await files.find(userId, input.id);
    if (restored === null) throw new Error('the file is locked by this transaction');
    return toFileDto(restored);
  });
}

/** Content that moves again and again while we look at it: something is wrong, not slow. */
const MOST_TRIES = 5;

/** The version, its blob locked: the worker may just have found that another blob holds the same content. */
async function lockContent(
  repositories: Repositories,
  userId: string,
  input: RestoreVersionInput,
): Promise<VersionRow> {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const version = await requireVersion(repositories, userId, { fileId: input.id, number: input.version });
    if (await repositories.blobs.lockReadable(version.blobId)) return version;
  }
  throw errors.versionNotFound(input.version);
}
