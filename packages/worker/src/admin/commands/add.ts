import { hashPassword } from '@instashare/backend/accounts';
import { createNewId, type Database } from '@instashare/backend/database';
import { isAppError } from '@instashare/backend/errors';
import { emailSchema } from '@instashare/contracts';
import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import type { AdminCommand, AdminContext } from '../context.ts';
import { recordAudit } from '../record-audit.ts';
import { choosePassword } from './password.ts';

/** `add EMAIL [--generate]`: an account for somebody, also where nobody can register (`REGISTRATION=closed`). */
export const add: AdminCommand = async (context, { positionals: [name], options }) => {
  if (name === undefined) throw new UsageError('An account for whom? Name an e-mail address.');
  const parsed = emailSchema.safeParse(name);
  if (!parsed.success) throw new UsageError(`"${name}" is no e-mail address.`);
  const email = parsed.data;
  const database = await context.openDatabase();
  const { chosen, shown } = await choosePassword(context, options);
  await insertAccount(context, database, { email, password: chosen });
  context.report(
    { event: 'user_added', email, ...(shown === null ? {} : { password: shown }) },
    `${email}: the account is made.${shown === null ? '' : `\n${shown}`}`,
  );
  return EXIT.done;
};

async function insertAccount(
  { config, now }: Pick<AdminContext, 'config' | 'now'>,
  database: Database,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const userId = createNewId()();
  const passwordHash = await hashPassword(password);
  const user = { id: userId, email, name: null, passwordHash, quotaBytes: config.userQuotaBytes };
  try {
    await database.transaction(async (repositories) => {
      await repositories.users.insert(user);
      await recordAudit(repositories, { userId, kind: 'registered', now: now() });
    });
  } catch (error) {
    if (isAppError(error, 'email_taken'))
      throw new AdminError(`Nothing was changed: there is an account "${email}".`);
    throw error;
  }
}
