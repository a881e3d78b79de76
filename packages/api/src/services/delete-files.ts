import { type AppError, errors } from '@instashare/backend/errors';
import type { DeleteFileResult, DeleteFilesInput } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Puts many files into the trash, at one time, and gives what came of each in their order: `file_not_found` or
 * `version_mismatch` for those that stay.
 */
export async function deleteFiles(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  { files: wanted }: DeleteFilesInput,
): Promise<readonly (DeleteFileResult | AppError)[]> {
  const { userId } = principal;
  return deps.database.transaction(async (repositories) => {
    const { changes, files, trash } = repositories;
    const ids = wanted.map(({ id }) => id);
    const locked = await files.lockMany(userId, ids);
    const refusals = new Map<string, AppError>();
    for (const { id, ifPath, ifVersion } of wanted) {
      const file = locked.get(id);
      if (file === undefined) refusals.set(id, errors.fileNotFound());
      else if (ifVersion !== undefined && ifVersion !== file.number) {
        refusals.set(id, errors.versionMismatch(file.path, file.number));
      } else if (ifPath !== undefined && ifPath !== file.path) {
        refusals.set(id, errors.movedAway(ifPath, file.path));
      }
    }
    const trashed = await trash.putMany(ids.filter((id) => !refusals.has(id)));
    const deletedAt = new Map(trashed.map((file) => [file.id, file.deletedAt.toISOString()]));
    const news = trashed.map(({ id, versionId }) => ({ fileId: id, versionId, kind: 'deleted' as const }));
    if (news.length > 0) {
      const details = { files: news.length };
      await recordAudit(deps, repositories, { actor: principal, kind: 'files_deleted', details });
      await changes.record(userId, news, 0);
    }
    return ids.map((id) => refusals.get(id) ?? { id, deletedAt: requireTime(deletedAt, id) });
  });
}

function requireTime(deletedAt: ReadonlyMap<string, string>, id: string): string {
  const time = deletedAt.get(id);
  if (time === undefined) throw new Error('a file that was locked was not put into the trash');
  return time;
}
