import type { Database, ShareRow } from '@instashare/backend/database';
import { sha256OfShareToken } from '@instashare/backend/secrets';
import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import type { AdminCommand, AdminContext } from '../context.ts';
import { recordAudit } from '../record-audit.ts';

/** `link ADDRESS [--off]`: what was reported is looked at by its address, which is all that a stranger has of it. */
export const link: AdminCommand = async (context, { positionals: [address], options }) => {
  if (address === undefined) throw new UsageError('Which link? Name its address.');
  const isOff = options['off'] === true;
  const database = await context.openDatabase();
  const share = await database.repositories.shares.findByToken(sha256OfShareToken(tokenOf(address)));
  if (share === null) throw new AdminError('No share link has this address, or it was ended before.');
  if (isOff) await end(database, share, context.now());
  await reportLink(context, database, { share, isOff });
  return EXIT.done;
};

/** The last part of an address, whatever came behind it when it was copied. */
function tokenOf(address: string): string {
  const path = address.replace(/[?#].*$/, '').replace(/^.*\/s\//, '');
  return path.replace(/\/.*$/, '');
}

/** As its owner would: it stops at once, and stands in the trail of the account. */
async function end(database: Database, { id, userId }: ShareRow, now: Date): Promise<void> {
  await database.transaction(async (repositories) => {
    // Its owner was quicker.
    if ((await repositories.shares.remove(userId, id)) === null) return;
    await recordAudit(repositories, { userId, kind: 'share_revoked', details: { shareId: id }, now });
  });
}

async function reportLink(
  { report }: Pick<AdminContext, 'report'>,
  database: Database,
  { share, isOff }: { readonly share: ShareRow; readonly isOff: boolean },
): Promise<void> {
  const { id, userId, fileId, folder, createdAt, expiresAt, downloads, maxDownloads } = share;
  const { admin, files } = database.repositories;
  const email = (await admin.findAccount(userId))?.email ?? null;
  const path = fileId === null ? folder : ((await files.find(userId, fileId))?.path ?? null);
  const shared = { path, fileId, createdAt, expiresAt, downloads, maxDownloads };
  const until = expiresAt === null ? '' : `, until ${expiresAt.toISOString()}`;
  const most = maxDownloads === null ? '' : ` of ${maxDownloads}`;
  report(
    {
      event: isOff ? 'link-ended' : 'link',
      id,
      userId,
      email,
      ...shared,
      hasPassword: share.passwordHash !== null,
    },
    `${isOff ? 'ended: ' : ''}${JSON.stringify(path ?? 'a file that is deleted')} of ${email ?? userId}, shared ` +
      `${createdAt.toISOString()}${until}, downloads: ${downloads}${most}`,
  );
}
