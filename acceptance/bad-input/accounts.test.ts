import { describe, expect, inject, test } from 'vitest';
import { freshEmail, PASSWORD, registerUser } from '../harness/account.ts';
import { expectError, issueFields, send } from '../harness/http.ts';

const server = inject('server');

const register = (json: unknown) => send('POST', `${server}/users/register`, { json });
const login = (email: string, password: string) =>
  send('POST', `${server}/users/login`, { json: { email, password } });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function durationMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('wrong password and unknown address', () => {
  test('get the same answer', async () => {
    const { email } = await registerUser(server);
    const wrong = await login(email, 'not the password');
    const unknown = await login(freshEmail(), 'not the password');

    expect(expectError(wrong, 401, 'invalid_credentials')).toEqual(
      expectError(unknown, 401, 'invalid_credentials'),
    );
    const namesOf = ({ headers }: { headers: Headers }) => [...headers.keys()];
    expect(namesOf(wrong)).toEqual(namesOf(unknown));
  });

  test('take the same time', async () => {
    const { email } = await registerUser(server);
    const wrong: number[] = [];
    const unknown: number[] = [];
    // In turns, so that whatever else the machine does falls upon both.
    for (let round = 0; round < 9; round += 1) {
      wrong.push(await durationMs(() => login(email, 'not the password')));
      unknown.push(await durationMs(() => login(freshEmail(), 'not the password')));
    }
    // Without a hash to check, the answer would take a twentieth of the time.
    const ratio = median(unknown) / median(wrong);
    expect(ratio, `medians: unknown ${median(unknown)} ms, wrong ${median(wrong)} ms`).toBeGreaterThan(1 / 3);
    expect(ratio, `medians: unknown ${median(unknown)} ms, wrong ${median(wrong)} ms`).toBeLessThan(3);
  });
});

test('a taken address, in any case', async () => {
  const { email } = await registerUser(server);
  for (const taken of [email, email.toUpperCase(), ` ${email} `]) {
    const error = expectError(await register({ email: taken, password: PASSWORD }), 409, 'email_taken');
    expect(issueFields(error)).toEqual(['email']);
  }
});

test('an address taken by two at once is given to one of them', async () => {
  const json = { email: freshEmail(), password: PASSWORD };
  const answers = await Promise.all([register(json), register(json), register(json)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
});

describe('a weak password', () => {
  test.each(['', 'short1!', '12345678901234', 'aaaaaaaaaaaa', 'password123', 'PassWord123', 'a'.repeat(257)])(
    'is refused: %s',
    async (password) => {
      const error = expectError(await register({ email: freshEmail(), password }), 400, 'invalid_input');
      expect(issueFields(error)).toEqual(['password']);
      expect(error.message).toMatch(/password/);
      if (password !== '') expect(error.message).not.toContain(password);
    },
  );
});

describe('an address that is none', () => {
  test.each(['', 'ada', 'ada@', '@example.org', 'a b@example.org', `${'a'.repeat(250)}@example.org`])(
    'is refused: %s',
    async (email) => {
      const error = expectError(await register({ email, password: PASSWORD }), 400, 'invalid_input');
      expect(new Set(issueFields(error))).toEqual(new Set(['email']));
    },
  );
});

test('every fault is named at once', async () => {
  const error = expectError(await register({ email: 'ada', password: 'x', name: 7 }), 400, 'invalid_input');
  expect(new Set(issueFields(error))).toEqual(new Set(['email', 'password', 'name']));
});
