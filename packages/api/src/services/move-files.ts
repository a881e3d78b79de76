import type { FileAtVersion, Repositories } from '@instashare/backend/database';
import { type AppError, errors } from '@instashare/backend/errors';
import type { MoveFilesInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

type Wanted = MoveFilesInput['files'][number];

/** What a batch of moves has to go by. */
interface Batch {
  readonly wanted: readonly Wanted[];
  readonly locked: ReadonlyMap<string, FileAtVersion>;
  /** Those of the new paths that have a file now. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Gives many files other paths, all at once, and gives what came of each in their order: `file_not_found`,
 * `version_mismatch` or `path_taken` for those that stay where they are.
 */
export async function moveFiles(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { files: wanted }: MoveFilesInput,
): Promise<readonly ({ readonly id: string; readonly path: string } | AppError)[]> {
  return database.transaction(async (repositories) => {
    const { files } = repositories;
    const locked = await files.lockMany(
      userId,
      wanted.map(({ id }) => id),
    );
    // Who takes a path between the two statements makes the second fail, and all is asked again.
    const taken = new Set(
      await files.findTaken(
        userId,
        wanted.map(({ path }) => path),
      ),
    );
    const refusals = findRefusals({ wanted, locked, taken });
    const moving = wanted.filter(({ id, path }) => !refusals.has(id) && locked.get(id)?.path !== path);
    await move(repositories, userId, { wanted: moving, locked, taken });
    return wanted.map(({ id, path }) => refusals.get(id) ?? { id, path });
  });
}

async function move(
  { changes, files }: Repositories,
  userId: string,
  { wanted, locked, taken }: Batch,
): Promise<void> {
  if (wanted.length === 0) return;
  // Each path must be free at the moment when it is written.
  const followers = wanted.filter(({ path }) => taken.has(path));
  if (followers.length > 0) await files.stepAside(wanted.map(({ id }) => id));
  await files.moveMany(wanted);
  const news = wanted.flatMap(({ id }) => {
    const file = locked.get(id);
    if (file === undefined) return [];
    return [{ fileId: id, versionId: file.versionId, kind: 'moved' as const, previousPath: file.path }];
  });
  await changes.record(userId, news, 0);
}

/** Those that can't be moved, by id. One that stays keeps its path from those that would have taken it. */
function findRefusals({ wanted, locked, taken }: Batch): ReadonlyMap<string, AppError> {
  const refusals = new Map<string, AppError>();
  const claimed = new Set<string>();
  for (const { id, path, ifPath, ifVersion } of wanted) {
    const file = locked.get(id);
    if (file === undefined) refusals.set(id, errors.fileNotFound());
    else if (ifVersion !== undefined && ifVersion !== file.number) {
      refusals.set(id, errors.versionMismatch(file.path, file.number));
    } else if (ifPath !== undefined && ifPath !== file.path && path !== file.path) {
      refusals.set(id, errors.movedAway(ifPath, file.path));
    } else if (claimed.has(path)) refusals.set(id, errors.pathTaken(path));
    else claimed.add(path);
  }
  for (let before = -1; before < refusals.size; ) {
    before = refusals.size;
    const left = new Set(wanted.flatMap(({ id }) => (refusals.has(id) ? [] : (locked.get(id)?.path ?? []))));
    for (const { id, path } of wanted) {
      if (!refusals.has(id) && taken.has(path) && !left.has(path)) refusals.set(id, errors.pathTaken(path));
    }
  }
  return refusals;
}
