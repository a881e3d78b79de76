import type { ChangeInFeed } from '@instashare/backend/database';
import type { ChangeEvent } from '@instashare/contracts';
import { toFileDto } from './to-file-dto.ts';

/**
 * A change as clients see it. null for one of a file that is gone for good by now: only that it is gone is told,
 * by the change that comes later. But who follows only the folder that it left would not hear of that one, so where it
 * left, it is gone already.
 */
export function toChangeEvent({
  seq,
  kind,
  fileId,
  previousPath,
  changedAt,
  file,
}: ChangeInFeed): ChangeEvent | null {
  const isGone = file === null || kind === 'purged';
  const path = isGone ? previousPath : file.path;
  if (path === null) return null;
  return {
    id: String(seq),
    kind: isGone ? 'purged' : kind,
    fileId,
    path,
    previousPath: isGone ? null : previousPath,
    changedAt: changedAt.toISOString(),
    file: isGone || file.deletedAt !== null ? null : toFileDto(file),
  };
}

/** Whether the event is of a file below `pathPrefix`, or of one that has left it. */
export function isBelow(
  pathPrefix: string,
  { path, previousPath = null }: { readonly path: string; readonly previousPath?: string | null },
): boolean {
  return path.startsWith(pathPrefix) || previousPath?.startsWith(pathPrefix) === true;
}
