/** A forgotten password: the operator sets another one, from a pipe or at a terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { logIn, PASSWORD, registerUser } from '../harness/account.ts';
import { runAdmin } from '../harness/admin-command.ts';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { send } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';

const NEW_PASSWORD = 'staple of the new horse';
const ATTEMPTS = 3;

const auditSchema = z.object({
  items: z.array(z.object({ kind: z.string(), address: z.string().nullable(), details: z.unknown() })),
});
const tokenSchema = z.object({ token: z.string() });

test('a password that was forgotten is set from a pipe: its owner is in at once, and nobody else', async () => {
  await using folder = await makeTempFolder('password');
  const environment = { ACCOUNT_ATTEMPTS_PER_MINUTE: String(ATTEMPTS) };
  await using instance = await startInstance({ environment });
  const { url, dataDir } = instance;
  const user = await registerUser(url);
  const { token } = await user.post('/tokens', tokenSchema, { name: 'backup', scopes: ['read'] });
  const tryWith = async (password: string) => {
    const json = { email: user.email, password };
    return (await send('POST', `${url}/users/login`, { json })).status;
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1)
    expect(await tryWith('which one was it?')).toBe(401);
  expect(await tryWith(PASSWORD)).toBe(429);

  const weak = await runAdmin({ dataDir, stdin: 'short\n' }, folder.path, 'password', user.email);
  expect(weak).toEqual({ code: 3, output: expect.stringContaining('at least 10 characters') as unknown });
  expect((await user.send('GET', '/users/me')).status).toBe(200);

  const set = await runAdmin({ dataDir, stdin: `${NEW_PASSWORD}\n` }, folder.path, 'password', user.email);
  expect(set).toEqual({ code: 0, output: `${user.email}: the password is set, 1 session ended.\n` });
  expect(await tryWith(PASSWORD)).toBe(401);
  const again = await logIn(url, user.email, NEW_PASSWORD);
  expect((await user.send('GET', '/users/me')).status).toBe(401);
  const { refreshToken } = user.auth;
  expect((await send('POST', `${url}/users/refresh`, { json: { refreshToken } })).status).toBe(401);
  // As when its owner changes it: a script of theirs goes on.
  const headers = { authorization: `Bearer ${token}` };
  expect((await send('GET', `${url}/files`, { headers })).status).toBe(200);
  const { items } = await again.get('/audit', auditSchema);
  expect(items.find(({ kind }) => kind === 'password_reset')).toEqual({
    kind: 'password_reset',
    address: null,
    details: { sessions: 1 },
  });
});

test('on a terminal it is asked for twice, and not shown', async () => {
  await using instance = await startInstance();
  const { email } = await registerUser(instance.url);
  const slip = await typeAt(instance.dataDir, email, [NEW_PASSWORD, 'staple of the old horse']);
  expect(slip).toEqual({
    code: 3,
    shown: [
      'New password: ',
      'New password again: ',
      'instashare-admin: The two passwords differ: nothing was done.',
      '',
    ],
  });
  await expect(logIn(instance.url, email)).resolves.toMatchObject({ email });
  expect(await typeAt(instance.dataDir, email, [NEW_PASSWORD, '\u0003'])).toMatchObject({ code: 130 });
  expect(await typeAt(instance.dataDir, email, ['\u0004'])).toMatchObject({ code: 130 });

  const done = await typeAt(instance.dataDir, email, [`x\b${NEW_PASSWORD}`, NEW_PASSWORD]);
  expect(done).toEqual({
    code: 0,
    shown: ['New password: ', 'New password again: ', `${email}: the password is set, 2 sessions ended.`, ''],
  });
  await expect(logIn(instance.url, email, NEW_PASSWORD)).resolves.toMatchObject({ email });
});

/** Runs the command on a terminal of its own, by script(1), and types a line whenever it asks; gives the lines shown. */
async function typeAt(dataDir: string, email: string, lines: readonly string[]) {
  const child = spawn('script', ['-qec', `node scripts/admin.ts password ${email}`, '/dev/null'], {
    cwd: CHECKOUT,
    env: scrubbedEnvironment({ INSTASHARE_DATA_DIR: dataDir, TERM: 'xterm' }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const toType = [...lines];
  let shown = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    shown += String(text);
    const line = shown.endsWith(': ') ? toType.shift() : undefined;
    if (line !== undefined) child.stdin.write(line < ' ' ? line : `${line}\r`);
  }
  await ended;
  return { code: child.exitCode, shown: shown.split('\r\n') };
}
