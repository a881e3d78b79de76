import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAdminSessions } from './admin-sessions.ts';
import { createRefreshTokens } from './refresh-tokens.ts';

test('what a browser keeps names its session, and nothing else does', () => {
  const secret = 's'.repeat(32);
  const sessions = createAdminSessions(secret);
  const [id, other] = [randomUUID(), randomUUID()];
  const value = sessions.make(id);
  expect(sessions.sessionIdOf(value)).toBe(id);
  const refused = [
    '',
    id,
    value.replace(id, other),
    `${value}x`,
    value.slice(0, -1),
    createAdminSessions('x'.repeat(32)).make(id),
    createRefreshTokens(secret).make(id, 0),
  ];
  expect(refused.map((one) => sessions.sessionIdOf(one))).toEqual(refused.map(() => null));
  expect(createRefreshTokens(secret).parse(value)).toBeNull();
});
