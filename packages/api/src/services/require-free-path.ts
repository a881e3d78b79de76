import type { Repositories } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import { alternativePaths } from './free-path.ts';

/** Throws `path_taken`, with a path that is free, when the user has a file at `path`. */
export async function requireFreePath(
  { files }: Pick<Repositories, 'files'>,
  userId: string,
  path: string,
): Promise<void> {
  const [taken] = await files.findTaken(userId, [path]);
  if (taken === undefined) return;
  const alternatives = alternativePaths(path);
  const takenToo = new Set(await files.findTaken(userId, alternatives));
  throw errors.pathTaken(path, alternatives.find((alternative) => !takenToo.has(alternative)) ?? null);
}
