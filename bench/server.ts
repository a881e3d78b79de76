/** The program under measurement, over the same REST API and command that any user has. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Instance, startInstance } from '../acceptance/harness/instance.ts';

export const PASSWORD = 'correct horse battery';

const authSchema = z.object({ accessToken: z.string() });
const usageSchema = z.object({
  files: z.number(),
  sizeBytes: z.number(),
  storedBytes: z.number(),
  byStatus: z.object({ ready: z.object({ files: z.number() }), failed: z.object({ files: z.number() }) }),
});
export type Usage = z.infer<typeof usageSchema>;

export interface User {
  readonly email: string;
  readonly accessToken: string;
  readonly request: <T>(method: string, path: string, options: RequestOptions<T>) => Promise<T>;
  readonly usage: () => Promise<Usage>;
}

export interface RequestOptions<T> {
  readonly schema: z.ZodType<T>;
  readonly json?: unknown;
}

/** An instance with the environment of a user: nothing is tuned for the measurement. */
export function startServer(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Instance> {
  return startInstance({ args, environment: { SWEEP_INTERVAL_SECONDS: '', ...environment } });
}

export async function registerUser(server: string): Promise<User> {
  const email = `${randomUUID()}@example.org`;
  const json = { email, password: PASSWORD };
  const { accessToken } = await call('POST', `${server}/users/register`, { json, schema: authSchema });
  return userOf(server, { email, accessToken });
}

export async function logIn(server: string, email: string, password: string): Promise<User> {
  const json = { email, password };
  const { accessToken } = await call('POST', `${server}/users/login`, { json, schema: authSchema });
  return userOf(server, { email, accessToken });
}

function userOf(server: string, { email, accessToken }: { email: string; accessToken: string }): User {
  const request: User['request'] = (method, path, options) =>
    call(method, `${server}${path}`, { ...options, token: accessToken });
  return { email, accessToken, request, usage: () => request('GET', '/usage', { schema: usageSchema }) };
}

async function call<T>(
  method: string,
  url: string,
  { schema, json, token }: RequestOptions<T> & { readonly token?: string },
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return schema.parse(JSON.parse(text));
}
