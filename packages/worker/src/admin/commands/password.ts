import { attemptKey, hashPassword } from '@instashare/backend/accounts';
import type { AccountRow, Database } from '@instashare/backend/database';
import { newPasswordSchema } from '@instashare/contracts';
import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import type { AdminCommand, AdminContext } from '../context.ts';
import { generatePassword } from '../generate-password.ts';
import { recordAudit } from '../record-audit.ts';
import { requireLiveAccount } from './users.ts';

/** `password EMAIL [--generate]`: another password for who forgot theirs. The only place where it is shown is here. */
export const password: AdminCommand = async (context, { positionals: [name], options }) => {
  if (name === undefined) throw new UsageError('Whose password? Name an e-mail address.');
  const database = await context.openDatabase();
  const account = await requireLiveAccount(database, name);
  const { chosen, shown } = await choosePassword(context, options);
  const endedSessions = await setPassword(database, account, { chosen, now: context.now() });
  const { email } = account;
  const ended = `${endedSessions} ${endedSessions === 1 ? 'session' : 'sessions'} ended`;
  context.report(
    { event: 'password_set', email, endedSessions, ...(shown === null ? {} : { password: shown }) },
    `${email}: the password is set, ${ended}.${shown === null ? '' : `\n${shown}`}`,
  );
  return EXIT.done;
};

/** The password that is read, or with `--generate` a random one, which is to be shown. */
export async function choosePassword(
  { readPassword }: Pick<AdminContext, 'readPassword'>,
  options: Parameters<AdminCommand>[1]['options'],
): Promise<{ readonly chosen: string; readonly shown: string | null }> {
  if (options['generate'] !== true) return { chosen: requireStrong(await readPassword()), shown: null };
  const generated = generatePassword();
  return { chosen: generated, shown: generated };
}

/** Throws an {@link AdminError} for what nobody could register with either. */
function requireStrong(chosen: string): string {
  const parsed = newPasswordSchema.safeParse(chosen);
  if (parsed.success) return parsed.data;
  throw new AdminError(`Nothing was changed: ${parsed.error.issues[0]?.message ?? 'not this password'}.`);
}

/** As when its owner changes it, but no session stays. Gives how many were ended. */
async function setPassword(
  database: Database,
  { id, email }: AccountRow,
  { chosen, now }: { readonly chosen: string; readonly now: Date },
): Promise<number> {
  const to = await hashPassword(chosen);
  return database.transaction(async (repositories) => {
    const { attempts, sessions, users } = repositories;
    if (!(await users.changePassword(id, { from: null, to })))
      throw new AdminError(`The account "${email}" was deleted meanwhile.`);
    const endedSessions = await sessions.revokeOthers(id, null, now);
    // Who has tried all that they could think of is to get in now, and not in a minute.
    await attempts.forget(attemptKey('log in', 'account', email));
    await attempts.forget(attemptKey('password', 'account', id));
    const details = { sessions: endedSessions };
    await recordAudit(repositories, { userId: id, kind: 'password_reset', details, now });
    return endedSessions;
  });
}
