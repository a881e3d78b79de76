import { errors } from '@instashare/backend/errors';
import { MAX_PATH_BYTES, type MoveFolderInput, type MoveFolderResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { toFolderPrefix } from './to-folder-prefix.ts';

/**
 * Moves all files of a folder, or none: their ids, versions and bytes stay. Rejects with `folder_not_found`,
 * `path_taken`, which names the first path that another file has, or `invalid_input`.
 */
export async function moveFolder(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  input: MoveFolderInput,
): Promise<MoveFolderResult> {
  const move = { from: toFolderPrefix(input.from), to: toFolderPrefix(input.to) };
  const isIntoItself = move.to !== move.from && move.to.startsWith(move.from);
  if (isIntoItself) throw errors.invalidField('to', 'to must not lie in the folder that is moved');
  return database.transaction(async ({ changes, folders }) => {
    const files = await folders.lock(userId, move.from);
    if (files === 0) throw errors.folderNotFound(input.from);
    if (move.to === move.from) return { files };
    const obstacle = await folders.findObstacle(userId, move, MAX_PATH_BYTES);
    if (obstacle?.isTaken === true) throw errors.pathTaken(obstacle.path);
    if (obstacle !== null) {
      const message = `a path would be longer than ${MAX_PATH_BYTES} bytes: "${obstacle.path.slice(0, 80)}…"`;
      throw errors.invalidField('to', message);
    }
    const moved = await folders.move(userId, move);
    const news = moved.map(({ id, ...file }) => ({ fileId: id, kind: 'moved' as const, ...file }));
    await changes.record(userId, news, 0);
    return { files: moved.length };
  });
}
