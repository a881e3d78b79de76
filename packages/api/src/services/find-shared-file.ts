import type { ServedVersionRow, ShareRow } from '@instashare/backend/database';
import { errors, isAppError } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';
import { findVersion } from './find-version.ts';

/**
 * The content of a file that a share shows: the one that is shared (`fileId` of null), or one in the folder. Whatever
 * else a visitor asks for, and what was deleted or moved away meanwhile, answers as if there were no such link.
 */
export async function findSharedFile(
  deps: Pick<Dependencies, 'database'>,
  share: ShareRow,
  fileId: string | null,
): Promise<ServedVersionRow> {
  const isOfThisKind = (share.folder === null) === (fileId === null);
  const wanted = fileId ?? share.fileId;
  if (!isOfThisKind || wanted === null) throw errors.shareNotFound();
  const version = await findVersion(deps, share.userId, { fileId: wanted, number: null }).catch(
    (error: unknown) => {
      if (isAppError(error, 'file_not_found')) throw errors.shareNotFound();
      // Why it failed may name what is the server's, and is the owner's to know.
      throw isAppError(error, 'content_failed') ? errors.contentFailed('it was found damaged') : error;
    },
  );
  if (share.folder !== null && !version.path.startsWith(share.folder)) throw errors.shareNotFound();
  return version;
}
