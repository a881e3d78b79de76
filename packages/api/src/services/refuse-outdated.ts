import type { FileRow, Repositories } from '@instashare/backend/database';
import { type AppError, errors } from '@instashare/backend/errors';
import type { NewContent } from '@instashare/backend/versions';

/**
 * For contents that are to be booked together, in their order: what is to be booked, or the refusal of one whose file is
 * not at the version that it expects. Nothing is locked: whoever books them looks again.
 */
export async function refuseOutdated(
  files: Pick<Repositories['files'], 'findByPaths'>,
  userId: string,
  contents: readonly NewContent[],
): Promise<(NewContent | AppError)[]> {
  const asked = contents.filter(({ ifVersion }) => (ifVersion ?? null) !== null).map(({ path }) => path);
  if (asked.length === 0) return [...contents];
  const found = await files.findByPaths(userId, [...new Set(asked)]);
  const states = new Map(found.map((file) => [file.path, stateOf(file)]));
  return contents.map((content) => {
    const { ifVersion = null, path, sha256 } = content;
    const now = states.get(path) ?? { number: 0, sha256: null };
    const isRepeated = now.sha256 === sha256;
    if (ifVersion !== null && ifVersion !== now.number && !isRepeated)
      return errors.versionMismatch(path, now.number);
    if (!isRepeated) states.set(path, { number: now.number + 1, sha256 });
    return ifVersion === null ? content : { ...content, ifVersion: now.number };
  });
}

const stateOf = ({ versionNumber, sha256 }: FileRow): { number: number; sha256: string | null } => ({
  number: versionNumber,
  sha256,
});
