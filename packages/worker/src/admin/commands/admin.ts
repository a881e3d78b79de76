import { EXIT, UsageError } from '../admin-error.ts';
import type { AdminCommand } from '../context.ts';
import { recordAudit } from '../record-audit.ts';
import { reportAccount, requireAccount, requireLiveAccount } from './users.ts';

/** `admin EMAIL [on|off]`: the one place where the flag is set. The api asks for it at every request. */
export const admin: AdminCommand = async (context, { positionals: [name, flag] }) => {
  if (name === undefined) throw new UsageError('Who? Name an e-mail address.');
  if (flag !== undefined && flag !== 'on' && flag !== 'off')
    throw new UsageError(`"${flag}" is neither "on" nor "off".`);
  const database = await context.openDatabase();
  if (flag === undefined) {
    reportAccount(context, await requireAccount(database, name));
    return EXIT.done;
  }
  const account = await requireLiveAccount(database, name);
  const isAdmin = flag === 'on';
  await database.transaction(async (repositories) => {
    // As of now, so that what was so before is not written down as if it had been done.
    const isNew = await repositories.admin.setAdmin(account.id, isAdmin);
    // Behind the flag, which keeps out new ones: a cookie that was stolen must not get in when it is set again.
    if (!isAdmin) await repositories.sessions.revokeForAdmin(account.id, context.now());
    if (!isNew) return;
    const kind = isAdmin ? 'admin_granted' : 'admin_withdrawn';
    await recordAudit(repositories, { userId: account.id, kind, now: context.now() });
  });
  reportAccount(context, { ...account, isAdmin });
  return EXIT.done;
};
