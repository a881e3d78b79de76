import { isInstashareError } from '@instashare/client/node';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';

/** Forgets the tokens in any case; ends the session on the server when that can be reached. */
export async function logOut(context: CommandContext): Promise<void> {
  await using connection = await connect(context);
  const { client, by } = connection;
  if (by === 'token') {
    throw new CliError('An access token has no session to end: unset INSTASHARE_TOKEN, or revoke the token');
  }
  const user = await connection.user();
  try {
    await client.logout();
  } catch (error) {
    if (!isInstashareError(error)) throw error;
    if (error.code !== 'session_ended' && error.code !== 'unauthenticated') {
      context.output.note(`${error.message}. The tokens are forgotten here; the session ends by itself.`);
    }
  }
  context.output.result(
    { event: 'logged_out', server: client.url, user },
    `Logged out at ${client.url} (${user.email})`,
  );
}
