import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';

/** Asks the server, so that a session which has ended shows. */
export async function whoAmI(context: CommandContext): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const user = await client.call((trpc) => trpc.users.me.query());
  const name = user.name === null ? '' : ` (${user.name})`;
  context.output.result({ event: 'user', server: client.url, user }, `${user.email}${name} at ${client.url}`);
}
