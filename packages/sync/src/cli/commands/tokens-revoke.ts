import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { eachPath } from '../each-path.ts';

/** Revokes tokens; one that is not there is told, and the rest goes on. */
export async function revokeTokens(context: CommandContext, ids: readonly string[]): Promise<number> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  return await eachPath(context, ids, async (id) => {
    await client.call((trpc) => trpc.tokens.revoke.mutate({ id }, { signal }));
    output.result({ event: 'token_revoked', id }, `The token ${id} works no more`);
  });
}
