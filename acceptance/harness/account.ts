/** A user of their own for each test, so that no test sees another's files. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Answer, expectJson, type RequestOptions, send } from './http.ts';
import { type Auth, authSchema } from './schemas.ts';

export const PASSWORD = 'correct horse battery';

export interface Account {
  readonly server: string;
  readonly email: string;
  readonly auth: Auth;
  /** Any request as this user; the answer as it is. */
  readonly send: (method: string, path: string, options?: RequestOptions) => Promise<Answer>;
  /** A request that must succeed with JSON of this form. */
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<T>;
  readonly post: <T>(path: string, schema: z.ZodType<T>, json?: unknown) => Promise<T>;
}

export const freshEmail = (): string => `${randomUUID()}@example.org`;

export async function registerUser(server: string): Promise<Account> {
  const email = freshEmail();
  const answer = await send('POST', `${server}/users/register`, { json: { email, password: PASSWORD } });
  return asUser(server, expectJson(answer, authSchema));
}

export async function logIn(server: string, email: string, password = PASSWORD): Promise<Account> {
  const answer = await send('POST', `${server}/users/login`, { json: { email, password } });
  return asUser(server, expectJson(answer, authSchema));
}

export function asUser(server: string, auth: Auth): Account {
  const sendAs = (method: string, path: string, options: RequestOptions = {}) =>
    send(method, `${server}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${auth.accessToken}`, ...options.headers },
    });
  return {
    server,
    email: auth.user.email,
    auth,
    send: sendAs,
    get: async (path, schema) => expectJson(await sendAs('GET', path), schema),
    post: async (path, schema, json) =>
      expectJson(await sendAs('POST', path, json === undefined ? {} : { json }), schema),
  };
}
