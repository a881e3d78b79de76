import { hashPassword } from '@instashare/backend/accounts';
import { errors } from '@instashare/backend/errors';
import { sha256OfShareToken } from '@instashare/backend/secrets';
import { type CreateShareInput, type CreateShareResult, MAX_SHARES_PER_ACCOUNT } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import { makeShareToken } from '../auth/share-links.ts';
import type { KeepAnswer } from './answer-once.ts';
import type { Dependencies } from './dependencies.ts';
import { toExpiry } from './expiry.ts';
import { findFile } from './get-file.ts';
import { toShareDto } from './list-shares.ts';
import { recordAudit } from './record-audit.ts';
import { toFolderPrefix } from './to-folder-prefix.ts';

/** Makes a share link; it is in the answer, and nowhere else ever after. Rejects with `file_not_found`, `folder_not_found`, `rate_limited`. */
export async function createShare(
  deps: Pick<Dependencies, 'attempts' | 'config' | 'database' | 'newId' | 'now'>,
  principal: Principal,
  input: CreateShareInput & { readonly keep?: KeepAnswer | undefined },
): Promise<CreateShareResult> {
  const { userId } = principal;
  await deps.attempts.count({ action: 'make a share', account: userId });
  const createdAt = deps.now();
  const expiresAt = toExpiry(input.expiresAt, createdAt);
  const what = await requireShared(deps, userId, input);
  const secret = makeShareToken();
  const share = {
    id: deps.newId(),
    userId,
    ...what,
    passwordHash: input.password === undefined ? null : await hashPassword(input.password),
    expiresAt,
    maxDownloads: input.maxDownloads ?? null,
    createdAt,
  };
  const result = {
    url: `${deps.config.publicUrl}/s/${secret}`,
    share: toShareDto({ ...share, downloads: 0 }),
  };
  await deps.database.transaction(async (repositories) => {
    if (!(await repositories.users.lockLive(userId))) throw errors.sessionEnded();
    if ((await repositories.shares.count(userId)) >= MAX_SHARES_PER_ACCOUNT) {
      throw errors.limitReached('share links', MAX_SHARES_PER_ACCOUNT);
    }
    await repositories.shares.insert({ ...share, tokenSha256: sha256OfShareToken(secret) });
    const details = {
      shareId: share.id,
      ...(what.folder === null ? { fileId: what.fileId } : { folder: what.folder }),
    };
    await recordAudit(deps, repositories, { actor: principal, kind: 'share_created', details });
    await input.keep?.(repositories, result);
  });
  return result;
}

type Shared =
  | { readonly fileId: string; readonly folder: null }
  | { readonly fileId: null; readonly folder: string };

/** What is to be shared, which must be there now. */
async function requireShared(
  deps: Pick<Dependencies, 'database'>,
  userId: string,
  { fileId, folder }: CreateShareInput,
): Promise<Shared> {
  if (fileId !== undefined) {
    await findFile(deps, userId, fileId);
    return { fileId, folder: null };
  }
  const prefix = toFolderPrefix(folder ?? '');
  const page = { prefix, status: null, afterPath: null, limit: 1 };
  const found = await deps.database.repositories.files.list(userId, page);
  if (found.length === 0) throw errors.folderNotFound(folder ?? '');
  return { fileId: null, folder: prefix };
}
