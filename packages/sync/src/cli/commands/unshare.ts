import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { eachPath } from '../each-path.ts';

/** Revokes share links; one that is not there is told, and the rest goes on. */
export async function unshare(context: CommandContext, ids: readonly string[]): Promise<number> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  return await eachPath(context, ids, async (id) => {
    await client.call((trpc) => trpc.shares.revoke.mutate({ id }, { signal }));
    output.result({ event: 'unshared', id }, `The link ${id} works no more`);
  });
}
