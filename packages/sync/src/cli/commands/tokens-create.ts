import type { Scope } from '@instashare/contracts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatTime, printable } from '../format.ts';

export interface CreateTokenOptions {
  readonly name: string;
  readonly scope: readonly Scope[];
  readonly expires?: Date | undefined;
}

/** Makes a token. On standard output is the token and nothing else. */
export async function createToken(context: CommandContext, options: CreateTokenOptions): Promise<void> {
  await using connection = await connect(context);
  const { output, signal } = context;
  const { name, expires } = options;
  const input = {
    name,
    scopes: [...new Set(options.scope)],
    ...(expires === undefined ? {} : { expiresAt: expires.toISOString() }),
  };
  const made = await connection.client.call((trpc) => trpc.tokens.create.mutate(input, { signal }));
  const { id, scopes, expiresAt } = made.details;
  output.result({ event: 'token_created', token: made.token, details: made.details }, made.token);
  const until = expiresAt === null ? '' : `, until ${formatTime(expiresAt)}`;
  output.note(
    `"${printable(name)}" may ${scopes.join(', ')}${until}. "instashare tokens revoke ${id}" ends it.`,
  );
}
