import type { AccountRow, Database } from '@instashare/backend/database';
import { AdminError, EXIT } from '../admin-error.ts';
import { formatBytes } from '../bytes.ts';
import type { AdminCommand, AdminContext } from '../context.ts';

const PAGE = 500;

/** `users [EMAIL]` */
export const users: AdminCommand = async (context, { positionals: [name] }) => {
  const database = await context.openDatabase();
  if (name !== undefined) {
    reportAccount(context, await requireAccount(database, name));
    return EXIT.done;
  }
  let afterEmail: string | null = null;
  do {
    context.signal.throwIfAborted();
    const page: readonly AccountRow[] = await database.repositories.admin.listAccounts(afterEmail, PAGE);
    for (const account of page) reportAccount(context, account);
    afterEmail = page.length === PAGE ? (page.at(-1)?.email ?? null) : null;
  } while (afterEmail !== null);
  return EXIT.done;
};

export async function requireAccount(database: Database, name: string): Promise<AccountRow> {
  const account = await database.repositories.admin.findAccount(name);
  if (account === null) throw new AdminError(`There is no account "${name}".`);
  return account;
}

/** Of a deleted one only the id is left: nobody gets in any more, and so it stays. */
export async function requireLiveAccount(database: Database, name: string): Promise<AccountRow> {
  const account = await requireAccount(database, name);
  if (account.deletedAt !== null) throw new AdminError(`The account "${name}" is deleted.`);
  return account;
}

export function reportAccount({ report }: Pick<AdminContext, 'report'>, account: AccountRow): void {
  const { id, email, createdAt, deletedAt, files, usedBytes, quotaBytes, isAdmin } = account;
  const quota = quotaBytes === null ? 'no limit' : `of ${formatBytes(quotaBytes)}`;
  const used = `${files} ${files === 1 ? 'file' : 'files'}, ${formatBytes(usedBytes)} ${quota}`;
  const state = deletedAt === null ? '' : `, deleted ${deletedAt.toISOString()}`;
  report(
    { event: 'user', ...account },
    `${email}  ${used}, since ${createdAt.toISOString().slice(0, 10)}${state}${isAdmin ? ', admin' : ''}  ${id}`,
  );
}
