import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import { parseBytes } from '../bytes.ts';
import type { AdminCommand } from '../context.ts';
import { recordAudit } from '../record-audit.ts';
import { reportAccount, requireAccount } from './users.ts';

/** `quota EMAIL [BYTES|none]` */
export const quota: AdminCommand = async (context, { positionals: [name, limit] }) => {
  if (name === undefined) throw new UsageError('Whose quota? Name an e-mail address.');
  const quotaBytes = limit === undefined || limit === 'none' ? null : parseBytes(limit);
  const database = await context.openDatabase();
  const account = await requireAccount(database, name);
  if (limit !== undefined) {
    await database.transaction(async (repositories) => {
      if ((await repositories.admin.setQuota(account.id, quotaBytes)) === null)
        throw new AdminError(`The account "${name}" is deleted.`);
      const details = { quotaBytes: quotaBytes ?? 'none' };
      await recordAudit(repositories, {
        userId: account.id,
        kind: 'quota_changed',
        details,
        now: context.now(),
      });
    });
  }
  reportAccount(context, limit === undefined ? account : { ...account, quotaBytes });
  return EXIT.done;
};
