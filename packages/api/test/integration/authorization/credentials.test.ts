import { randomUUID } from 'node:crypto';
import type { Scope } from '@instashare/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createAccessTokens } from '../../../src/auth/access-tokens.ts';
import { proceduresOf } from '../../../src/openapi/procedures-of.ts';
import { appRouter } from '../../../src/trpc/router.ts';
import { makeToken } from '../../support/make-token.ts';
import { ask, GUARDED, type Operation } from '../../support/operations.ts';
import { startTestApi, TEST_AUTH_SECRET, type TestApi } from '../../support/test-api.ts';

const SCOPES: readonly Scope[] = ['read', 'write', 'share'];
const FORGED = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4Iiwic2lkIjoieCJ9.c2lnbmF0dXJl';

/** What is not, or no longer, good for anything, and what is said to it. */
const REFUSED = {
  'no token': 'unauthenticated',
  'a malformed token': 'unauthenticated',
  'a forged token': 'unauthenticated',
  'an expired access token': 'access_token_expired',
  'the token of a session that was logged out': 'session_ended',
  'the token of a session that was revoked': 'session_ended',
  'the token of a session that has expired': 'session_ended',
  'the token of an account that was deleted': 'session_ended',
  'a personal access token that nobody has': 'unauthenticated',
  'a personal access token that has expired': 'unauthenticated',
  'a personal access token that was revoked': 'unauthenticated',
  'a personal access token of an account that was deleted': 'unauthenticated',
} as const;

type Case = keyof typeof REFUSED;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys loses the key type
const CASES = Object.keys(REFUSED) as Case[];

async function makeCredentials(api: TestApi): Promise<Record<Case, string | undefined>> {
  const user = await api.register();
  const logIn = async () => {
    const json = { email: user.email, password: 'correct horse' };
    return (await api.request('POST', '/users/login', { json })).body.accessToken;
  };
  const [loggedOut, revoked, late] = [await logIn(), await logIn(), await logIn()];
  await api.request('POST', '/users/logout', { token: loggedOut });
  await api.request('DELETE', `/sessions/${sessionIdOf(revoked)}`, { token: user.token });
  await api.sql("UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1", [
    sessionIdOf(late),
  ]);
  const everything = { scopes: SCOPES };
  const [expired, taken] = [
    await makeToken(api, user.token, everything),
    await makeToken(api, user.token, everything),
  ];
  await api.sql("UPDATE personal_access_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [
    expired.id,
  ]);
  await api.request('DELETE', `/tokens/${taken.id}`, { token: user.token });
  const gone = await api.register();
  const goneToken = await makeToken(api, gone.token, everything);
  await api.request('POST', '/account/delete', { token: gone.token, json: { password: 'correct horse' } });
  const issuer = createAccessTokens({ secret: TEST_AUTH_SECRET, lifetimeSeconds: 60 });
  const claims = { userId: user.userId, sessionId: sessionIdOf(user.token), generation: 0 };
  return {
    'no token': undefined,
    'a malformed token': 'x',
    'a forged token': FORGED,
    'an expired access token': (await issuer.issue(claims, new Date(Date.now() - 3_600_000))).token,
    'the token of a session that was logged out': loggedOut,
    'the token of a session that was revoked': revoked,
    'the token of a session that has expired': late,
    'the token of an account that was deleted': gone.token,
    'a personal access token that nobody has': `isp_${'x'.repeat(43)}`,
    'a personal access token that has expired': expired.secret,
    'a personal access token that was revoked': taken.secret,
    'a personal access token of an account that was deleted': goneToken.secret,
  };
}

function sessionIdOf(accessToken: string): string {
  const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
  if (typeof claims !== 'object' || claims === null || !('sid' in claims)) throw new Error('no claims');
  return String(claims.sid);
}

/** A procedure by its own name over tRPC, for which the same must hold. */
function call(api: TestApi, name: string, token: string | undefined) {
  const isQuery = proceduresOf(appRouter).get(name)?.type !== 'mutation';
  return api.request(isQuery ? 'GET' : 'POST', `/trpc/${name}`, {
    ...(token === undefined ? {} : { token }),
    ...(isQuery ? {} : { json: { id: randomUUID() } }),
  });
}

const accessOf = (meta: unknown) =>
  typeof meta === 'object' && meta !== null && 'access' in meta ? meta.access : undefined;
const GUARDED_PROCEDURES = [...proceduresOf(appRouter)]
  .filter(([, { meta }]) => accessOf(meta) !== 'public')
  .map(([name, { meta, type }]) => ({ name, type, access: accessOf(meta) }));

/** A subscription is refused by the first message of its stream, which has begun with 200. */
const refusedWith = ({ type }: { readonly type: string }, status: number) =>
  type === 'subscription' ? 200 : status;

let api: TestApi;
let credentials: Record<Case, string | undefined>;
const tokensWith = new Map<string, string>();

beforeAll(async () => {
  api = await startTestApi();
  credentials = await makeCredentials(api);
  const { token } = await api.register();
  const add = async (name: string, scopes: readonly Scope[]) =>
    tokensWith.set(name, (await makeToken(api, token, { scopes })).secret);
  await add('all', SCOPES);
  for (const scope of SCOPES) {
    await add(`only ${scope}`, [scope]);
    await add(
      `all but ${scope}`,
      SCOPES.filter((other) => other !== scope),
    );
  }
});

afterAll(() => api[Symbol.asyncDispose]());

/** What each of them answers: its status and code, by its name. HEAD has no body to tell a code in. */
async function answersOf(operations: readonly Operation[], token: string | undefined) {
  const answers: Record<string, [number, string | undefined]> = {};
  for (const operation of operations) {
    const { status, body } = await ask(api, operation, { token });
    answers[operation.name] = [status, body.code];
  }
  return answers;
}

const refusals = (operations: readonly Operation[], status: number, code: string) =>
  Object.fromEntries(
    operations.map(({ name, method }) => [name, [status, method === 'HEAD' ? undefined : code]]),
  );

describe.each(CASES)('%s', (name) => {
  test('gets 401 at every guarded address, which is documented', async () => {
    expect(await answersOf(GUARDED, credentials[name])).toEqual(refusals(GUARDED, 401, REFUSED[name]));
    expect(GUARDED.filter(({ statuses }) => !statuses.includes('401'))).toEqual([]);
  });

  test('gets 401 from every guarded procedure over tRPC', async () => {
    for (const procedure of GUARDED_PROCEDURES) {
      const answer = await call(api, procedure.name, credentials[name]);
      expect([procedure.name, answer.status]).toEqual([procedure.name, refusedWith(procedure, 401)]);
      expect(answer.text).toContain(`"code":"${REFUSED[name]}"`);
    }
  });
});

describe.each(SCOPES)('a token with every scope but %s', (scope) => {
  test('gets 403 where that is needed, which is documented', async () => {
    const needing = GUARDED.filter(({ access }) => access === scope);
    expect(await answersOf(needing, tokensWith.get(`all but ${scope}`))).toEqual(
      refusals(needing, 403, 'insufficient_scope'),
    );
    expect(needing.filter(({ statuses }) => !statuses.includes('403'))).toEqual([]);
  });

  test('gets 403 from every procedure over tRPC that needs it', async () => {
    for (const procedure of GUARDED_PROCEDURES.filter(({ access }) => access === scope)) {
      const { name } = procedure;
      const { status, text } = await call(api, name, tokensWith.get(`all but ${scope}`));
      expect([name, status]).toEqual([name, refusedWith(procedure, 403)]);
      expect(text).toContain('"code":"insufficient_scope"');
    }
  });
});

test.each(SCOPES)(
  'a token with the scope %s alone may do what needs it, and ask who it is',
  async (scope) => {
    const needing = GUARDED.filter(({ access }) => access === scope || access === 'user');
    const answers = await answersOf(needing, tokensWith.get(`only ${scope}`));
    const refused = Object.entries(answers).filter(([, [status]]) => status === 401 || status === 403);
    expect(refused).toEqual([]);
  },
);

describe('a token with every scope', () => {
  test('gets 403 in account matters, which is documented', async () => {
    const matters = GUARDED.filter(({ access }) => access === 'session');
    expect(matters.length).toBeGreaterThan(8);
    expect(await answersOf(matters, tokensWith.get('all'))).toEqual(
      refusals(matters, 403, 'insufficient_scope'),
    );
    expect(matters.filter(({ statuses }) => !statuses.includes('403'))).toEqual([]);
  });

  test('gets 403 over tRPC, in a batch with what it may do as well', async () => {
    for (const { name } of GUARDED_PROCEDURES.filter(({ access }) => access === 'session')) {
      const { status } = await call(api, name, tokensWith.get('all'));
      expect([name, status]).toEqual([name, 403]);
    }
    const token = tokensWith.get('all') ?? '';
    const batch = await api.request('GET', '/trpc/users.me,tokens.list?batch=1&input={}', { token });
    const [me, tokens] = z
      .array(z.looseObject({ error: z.unknown().optional() }))
      .parse(JSON.parse(batch.text));
    expect([batch.status, me?.error, JSON.stringify(tokens)]).toEqual([
      207,
      undefined,
      expect.stringContaining('insufficient_scope'),
    ]);
  });
});
