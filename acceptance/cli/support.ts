import { expect } from 'vitest';
import { z } from 'zod';
import { type Account, asUser, freshEmail, PASSWORD } from '../harness/account.ts';
import { type Cli, type CliResult, makeCli } from '../harness/cli.ts';
import { expectJson, send } from '../harness/http.ts';
import { authSchema } from '../harness/schemas.ts';

/** The CLI with a person logged in, who is reached over REST as well. */
export interface Person extends Cli {
  readonly user: Account;
}

export async function makePerson(server: string): Promise<Person> {
  const cli = await makeCli();
  const email = freshEmail();
  const args = ['register', email, '--password-stdin', '--server', server];
  const registered = await cli.run(args, { stdin: `${PASSWORD}\n` });
  if (registered.exitCode !== 0) throw new Error(`register failed: ${registered.stderr}`);
  const answer = await send('POST', `${server}/users/login`, { json: { email, password: PASSWORD } });
  return { ...cli, user: asUser(server, expectJson(answer, authSchema)) };
}

const eventSchema = z.looseObject({ event: z.string() });
export type CliEvent = z.infer<typeof eventSchema>;

/** What `--json` printed: every line is an event. */
export function eventsOf({ stdout }: Pick<CliResult, 'stdout'>): CliEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => eventSchema.parse(JSON.parse(line)));
}

/** In an expected value: any text in which the pattern is found. */
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
