/** `REGISTRATION=closed`: only who runs the server makes accounts, and nobody learns which addresses have one. */
import { expect, test } from 'vitest';
import { logIn } from '../harness/account.ts';
import { runAdmin } from '../harness/admin-command.ts';
import { send } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';

const EMAIL = 'ada@example.org';
const PASSWORD = 'horse of the correct battery';

test('nobody can register, taken or not; the operator adds an account, which logs in', async () => {
  await using folder = await makeTempFolder('registration');
  await using instance = await startInstance({ environment: { REGISTRATION: 'closed' } });
  const { url, dataDir } = instance;
  const add = (stdin: string, ...args: string[]) => runAdmin({ dataDir, stdin }, folder.path, 'add', ...args);
  const register = (path: string, email: string) =>
    send('POST', `${url}${path}`, { json: { email, password: PASSWORD } });

  expect(await add(`${PASSWORD}\n`, EMAIL.toUpperCase())).toEqual({
    code: 0,
    output: `${EMAIL}: the account is made.\n`,
  });
  await expect(logIn(url, EMAIL, PASSWORD)).resolves.toMatchObject({ email: EMAIL });

  for (const path of ['/users/register', '/trpc/users.register']) {
    const [taken, free] = [await register(path, EMAIL), await register(path, 'nobody@example.org')];
    expect([taken.status, free.status]).toEqual([403, 403]);
    expect(taken.body).toEqual(free.body);
    expect(taken.body.toString()).toContain('registration_closed');
  }

  expect(await add(`${PASSWORD}\n`, EMAIL)).toEqual({
    code: 3,
    output: `instashare-admin: Nothing was changed: there is an account "${EMAIL}".\n`,
  });
  expect(await add('short\n', 'bob@example.org')).toMatchObject({ code: 3 });
  expect(await add('', 'bob', '--generate')).toEqual({
    code: 2,
    output: 'instashare-admin: "bob" is no e-mail address.\n',
  });
  const generated = (await add('', 'bob@example.org', '--generate')).output.split('\n')[1] ?? '';
  await expect(logIn(url, 'bob@example.org', generated)).resolves.toMatchObject({ email: 'bob@example.org' });
});
