import type { ListTokensResult, TokenDto } from '@instashare/contracts';
import { MAX_PAGE_SIZE } from '@instashare/contracts/rules';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatTime, printable } from '../format.ts';

/** The id, what it may do, until when it works, when it was last used, and its name. */
export async function listTokens(context: CommandContext): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  let cursor: string | null = null;
  do {
    const input = { limit: MAX_PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
    const page: ListTokensResult = await client.call((trpc) => trpc.tokens.list.query(input, { signal }));
    for (const token of page.items) output.result({ event: 'token', ...token }, lineOf(token));
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function lineOf({ id, name, scopes, expiresAt, lastUsedAt }: TokenDto): string {
  return [
    id,
    scopes.join(',').padEnd('read,write,share'.length),
    (expiresAt === null ? '' : `until ${formatTime(expiresAt)}`).padEnd(22),
    (lastUsedAt === null ? 'never used' : `used ${formatTime(lastUsedAt)}`).padEnd(21),
    printable(name),
  ].join('  ');
}
