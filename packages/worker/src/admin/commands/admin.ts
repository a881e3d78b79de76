import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import type { AdminCommand } from '../context.ts';
import { recordAudit } from '../record-audit.ts';
import { reportAccount, requireAccount } from './users.ts';

/** `admin EMAIL [on|off]`: the one place where the flag is set. The api asks for it at every request. */
export const admin: AdminCommand = async (context, { positionals: [name, flag] }) => {
  if (name === undefined) throw new UsageError('Who? Name an e-mail address.');
  if (flag !== undefined && flag !== 'on' && flag !== 'off')
    throw new UsageError(`"${flag}" is neither "on" nor "off".`);
  const database = await context.openDatabase();
  const account = await requireAccount(database, name);
  if (flag === undefined) {
    reportAccount(context, account);
    return EXIT.done;
  }
  if (account.deletedAt !== null) throw new AdminError(`The account "${name}" is deleted.`);
  const isAdmin = flag === 'on';
  await database.transaction(async (repositories) => {
    // As of now, so that what was so before is not written down as if it had been done.
    if (!(await repositories.admin.setAdmin(account.id, isAdmin))) return;
    const kind = isAdmin ? 'admin_granted' : 'admin_withdrawn';
    await recordAudit(repositories, { userId: account.id, kind, now: context.now() });
  });
  reportAccount(context, { ...account, isAdmin });
  return EXIT.done;
};
