import type { VersionRow } from '@instashare/backend/database';
import type { ListVersionsInput, ListVersionsResult, VersionDto } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { findFile } from './get-file.ts';

/** One page of a file's versions, newest first. Rejects with `file_not_found`. */
export async function listVersions(
  deps: Pick<Dependencies, 'database'>,
  userId: string,
  input: ListVersionsInput,
): Promise<ListVersionsResult> {
  const found = await deps.database.repositories.versions.list(userId, input.id, {
    before: input.before ?? null,
    // One more than asked for tells whether there is another page.
    limit: input.limit + 1,
  });
  // Every file has a version, but perhaps none that is as old as that.
  if (found.length === 0) await findFile(deps, userId, input.id);
  const items = found.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map(toVersionDto),
    nextBefore: found.length > input.limit && last !== undefined ? last.number : null,
  };
}

function toVersionDto(version: VersionRow): VersionDto {
  return {
    number: version.number,
    isCurrent: version.isCurrent,
    sizeBytes: version.sizeBytes,
    sha256: version.sha256,
    contentType: version.contentType,
    status: version.status,
    failure: version.failure,
    encoding: version.encoding,
    storedBytes: version.storedBytes,
    modifiedAt: version.modifiedAt?.toISOString() ?? null,
    createdAt: version.createdAt.toISOString(),
  };
}
