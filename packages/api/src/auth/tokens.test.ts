import { expect, test, vi } from 'vitest';
import { createAccessTokens } from './access-tokens.ts';
import { createRefreshTokens } from './refresh-tokens.ts';

const principal = {
  userId: '018f0000-0000-7000-8000-000000000001',
  sessionId: '018f0000-0000-7000-8000-000000000002',
  generation: 3,
};
const secret = 's'.repeat(32);

test('an access token says whose it is until it expires', async () => {
  const tokens = createAccessTokens({ secret, lifetimeSeconds: 60 });
  const { token, expiresAt } = await tokens.issue(principal, new Date());
  expect(await tokens.verify(token)).toEqual({ ...principal, expiresAt });
  expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(50_000);

  const old = await tokens.issue(principal, new Date(Date.now() - 61_000));
  await expect(tokens.verify(old.token)).rejects.toMatchObject({ code: 'access_token_expired' });
});

test('a token that was looked at before expires as well', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-01'), toFake: ['Date'] });
  try {
    const tokens = createAccessTokens({ secret, lifetimeSeconds: 60 });
    const { token } = await tokens.issue(principal, new Date());
    await tokens.verify(token);
    vi.advanceTimersByTime(59_999);
    expect(await tokens.verify(token)).toMatchObject(principal);
    vi.advanceTimersByTime(1);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'access_token_expired' });
  } finally {
    vi.useRealTimers();
  }
});

test('a forged access token is refused', async () => {
  const tokens = createAccessTokens({ secret, lifetimeSeconds: 60 });
  const { token: foreign } = await createAccessTokens({ secret: 'x'.repeat(32), lifetimeSeconds: 60 }).issue(
    principal,
    new Date(),
  );
  const claims = Buffer.from(JSON.stringify({ sub: principal.userId, sid: principal.sessionId })).toString(
    'base64url',
  );
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  for (const forged of [foreign, unsigned, 'x', '']) {
    await expect(tokens.verify(forged)).rejects.toMatchObject({ code: 'unauthenticated' });
  }
});

test('a refresh token is the same however often it is made, and no other is taken for it', () => {
  const tokens = createRefreshTokens(secret);
  const token = tokens.make(principal.sessionId, 3);
  expect(tokens.make(principal.sessionId, 3)).toBe(token);
  expect(tokens.parse(token)).toEqual({ sessionId: principal.sessionId, generation: 3 });
  const [id, , signature] = token.split('.');
  expect(tokens.parse(`${id}.4.${signature}`)).toBeNull();
  expect(createRefreshTokens('y'.repeat(32)).parse(token)).toBeNull();
});
