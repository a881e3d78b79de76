import { describe, expect, inject, test } from 'vitest';
import { asUser, freshEmail, logIn, PASSWORD, registerUser } from '../harness/account.ts';
import { expectError, expectJson, send } from '../harness/http.ts';
import { authSchema, emptySchema, pageSchema, userSchema } from '../harness/schemas.ts';

const server = inject('server');

async function refresh(refreshToken: string) {
  return send('POST', `${server}/users/refresh`, { json: { refreshToken } });
}

describe('an account', () => {
  test('is registered with a name, and the tokens work at once', async () => {
    const email = freshEmail();
    const json = { email, password: PASSWORD, name: 'Ada Lovelace' };
    const auth = expectJson(await send('POST', `${server}/users/register`, { json }), authSchema);

    expect(auth.user).toEqual({ id: auth.user.id, email, name: 'Ada Lovelace' });
    expect(Date.parse(auth.expiresAt)).toBeGreaterThan(Date.now());
    await expect(asUser(server, auth).get('/users/me', userSchema)).resolves.toEqual(auth.user);
    await expect(asUser(server, auth).get('/files', pageSchema)).resolves.toEqual({
      items: [],
      nextCursor: null,
    });
  });

  test('has no name when none was given', async () => {
    const user = await registerUser(server);
    expect(user.auth.user.name).toBeNull();
  });

  test('is logged in to by its address in any case, with a device name', async () => {
    const { email, auth } = await registerUser(server);
    const json = { email: email.toUpperCase(), password: PASSWORD, deviceName: 'laptop' };
    const second = expectJson(await send('POST', `${server}/users/login`, { json }), authSchema);

    expect(second.user).toEqual(auth.user);
    expect(second.refreshToken).not.toBe(auth.refreshToken);
  });
});

describe('a refresh token', () => {
  test('is exchanged for a new pair that works', async () => {
    const { auth } = await registerUser(server);
    const next = expectJson(await refresh(auth.refreshToken), authSchema);

    expect(next.user).toEqual(auth.user);
    expect(next.refreshToken).not.toBe(auth.refreshToken);
    await asUser(server, next).get('/users/me', userSchema);
  });

  test('gets the same successor when the exchange is repeated at once (C13: a lost answer)', async () => {
    const { auth } = await registerUser(server);
    const first = expectJson(await refresh(auth.refreshToken), authSchema);
    const again = expectJson(await refresh(auth.refreshToken), authSchema);

    expect(again.refreshToken).toBe(first.refreshToken);
    expectJson(await refresh(again.refreshToken), authSchema);
  });

  test('ends the whole session when an old one comes back', async () => {
    const { auth } = await registerUser(server);
    const second = expectJson(await refresh(auth.refreshToken), authSchema);
    const third = expectJson(await refresh(second.refreshToken), authSchema);

    expectError(await refresh(auth.refreshToken), 401, 'session_ended');
    expectError(await refresh(third.refreshToken), 401, 'session_ended');
    expectError(await asUser(server, third).send('GET', '/users/me'), 401, 'session_ended');
  });

  test.each(['nonsense', `${'a'.repeat(36)}.0.${'b'.repeat(43)}`])(
    'is refused when it is made up: %s',
    async (refreshToken) => {
      expectError(await refresh(refreshToken), 401, 'session_ended');
    },
  );
});

describe('a log-out', () => {
  test('ends this session at once and no other', async () => {
    const phone = await registerUser(server);
    const laptop = await logIn(server, phone.email);
    await phone.post('/users/logout', emptySchema);

    expectError(await phone.send('GET', '/users/me'), 401, 'session_ended');
    expectError(await refresh(phone.auth.refreshToken), 401, 'session_ended');
    await laptop.get('/users/me', userSchema);
  });
});
