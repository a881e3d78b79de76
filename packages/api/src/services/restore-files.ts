import type { Repositories } from '@instashare/backend/database';
import { type AppError, errors, isAppError } from '@instashare/backend/errors';
import type { FileDto, RestoreFilesInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { alternativePaths } from './free-path.ts';
import { toFileDto } from './to-file-dto.ts';

interface Placed {
  readonly id: string;
  /** Where it was. */
  readonly from: string;
  readonly path: string;
  readonly versionId: string;
}

/**
 * Takes many files out of the trash, with their ids and versions, and gives what came of each in their order:
 * `file_not_found`, or `path_taken` with a path that is free, for those that stay. Of two that would have one path the
 * first gets it.
 */
export async function restoreFiles(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { files: wanted, underFreeNames }: RestoreFilesInput,
): Promise<readonly ({ readonly file: FileDto } | AppError)[]> {
  return database.transaction(async (repositories) => {
    const { changes, files, trash } = repositories;
    const ids = wanted.map(({ id }) => id);
    const trashed = await trash.lockMany(userId, ids);
    const asked = wanted.map(({ id, path }) => {
      const file = trashed.get(id);
      if (file === undefined) return errors.fileNotFound();
      return { id, from: file.path, path: path ?? file.path, versionId: file.versionId };
    });
    // Who takes a path between the statements makes the last one fail, and all is asked again.
    const placed = await place(repositories, userId, { asked, underFreeNames });
    const restored = placed.flatMap((item) => (isAppError(item) ? [] : [item]));
    await trash.restoreMany(restored);
    const news = restored.map(({ id, from, path, versionId }) => {
      const previousPath = path === from ? null : from;
      return { fileId: id, versionId, kind: 'restored' as const, previousPath };
    });
    if (news.length > 0) await changes.record(userId, news, 0);
    const rows = await files.findMany(userId, ids);
    const byId = new Map(rows.map((file) => [file.id, toFileDto(file)]));
    return placed.map((item) => {
      if (isAppError(item)) return item;
      const file = byId.get(item.id);
      if (file === undefined) throw new Error('the file is locked by this transaction');
      return { file };
    });
  });
}

/** Each where it was asked for; where that is taken, under a free name if one will do. */
async function place(
  { files }: Pick<Repositories, 'files'>,
  userId: string,
  { asked, underFreeNames }: { asked: readonly (Placed | AppError)[]; underFreeNames: boolean },
): Promise<(Placed | AppError)[]> {
  const paths = asked.flatMap((item) => (isAppError(item) ? [] : [item.path]));
  const taken = new Set(await files.findTaken(userId, paths));
  const clashing = paths.filter((path, index) => taken.has(path) || paths.indexOf(path) < index);
  const alternatives = new Map(clashing.map((path) => [path, alternativePaths(path)]));
  if (clashing.length > 0) {
    for (const path of await files.findTaken(userId, [...alternatives.values()].flat())) taken.add(path);
  }
  return asked.map((item) => {
    if (isAppError(item)) return item;
    const free = taken.has(item.path)
      ? (alternatives.get(item.path)?.find((path) => !taken.has(path)) ?? null)
      : item.path;
    if (free === null || (free !== item.path && !underFreeNames)) return errors.pathTaken(item.path, free);
    taken.add(free);
    return { ...item, path: free };
  });
}
