import { readdir, readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { PASSWORD, registerUser } from '../harness/account.ts';
import { makeCli } from '../harness/cli.ts';
import { textBytes, uploadFile } from '../harness/uploads.ts';
import { eventsOf, like, makePerson } from './support.ts';

const server = inject('server');

describe('instashare', () => {
  test('tells its commands', async () => {
    await using cli = await makeCli();
    const { exitCode, stdout } = await cli.run(['--help']);
    expect(exitCode).toBe(0);
    for (const name of [
      'register',
      'login',
      'watch',
      'ls',
      'get',
      'upload',
      'logout',
      '--server',
      '--json',
    ]) {
      expect(stdout).toContain(name);
    }
  });

  test.each([[['nonsense']], [['get']], [['ls', '--nonsense']], [[]]])(
    'says that it does not understand: %j',
    async (args) => {
      await using cli = await makeCli();
      const { exitCode, stderr } = await cli.run(args);
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(/help|Usage/);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
  );
});

describe('register and login', () => {
  test('read the password from stdin, and keep the tokens for their owner only', async () => {
    await using person = await makePerson(server);
    const names = await readdir(person.configDir);
    const contents = await Promise.all(names.map((name) => readFile(join(person.configDir, name), 'utf8')));
    const secret = names.filter((_name, index) => /[Tt]oken/.test(contents[index] ?? ''));
    expect(secret, 'files with tokens').not.toEqual([]);
    for (const name of secret) {
      expect((await stat(join(person.configDir, name))).mode & 0o777, name).toBe(0o600);
    }
    expect((await stat(person.configDir)).mode & 0o077, 'the folder').toBe(0);
    expect(contents.join('\n')).not.toContain(PASSWORD);

    const again = await person.run(['login', person.user.email, '--password-stdin', '--server', server], {
      stdin: PASSWORD,
    });
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).toContain(person.user.email);
    expect((await person.run(['ls'])).exitCode).toBe(0);
  });

  test.each([
    ['a wrong password', 'not the password', /password is wrong/],
    ['an empty password', '', /password/],
  ])('refuse %s in one line', async (_what, stdin, reason) => {
    await using cli = await makeCli();
    const { email } = await registerUser(server);
    const args = ['login', email, '--password-stdin', '--server', server];
    const { exitCode, stdout, stderr } = await cli.run(args, { stdin });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(reason);
  });

  test('refuse a weak password and a taken address with the reason', async () => {
    await using cli = await makeCli();
    const { email } = await registerUser(server);
    const run = (address: string, stdin: string) =>
      cli.run(['register', address, '--password-stdin', '--server', server], { stdin });
    const weak = await run(`new-${email}`, 'short');
    expect([weak.exitCode, weak.stderr]).toEqual([1, like(/at least \d+ characters/)]);
    const taken = await run(email, PASSWORD);
    expect([taken.exitCode, taken.stderr]).toEqual([1, like(/exists/)]);
  });

  test('say when no server answers', async () => {
    await using cli = await makeCli();
    const args = ['login', 'a@example.org', '--password-stdin', '--server', 'http://127.0.0.1:9'];
    const { exitCode, stderr } = await cli.run(args, { stdin: PASSWORD });
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('127.0.0.1:9');
  });
});

describe('logout', () => {
  test('forgets the tokens, and nothing works without logging in again', async () => {
    await using person = await makePerson(server);
    expect((await person.run(['logout'])).exitCode).toBe(0);
    const { exitCode, stderr } = await person.run(['ls']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/instashare login/);

    const names = (await readdir(person.configDir)).filter((name) => name.endsWith('.json'));
    const contents = await Promise.all(names.map((name) => readFile(join(person.configDir, name), 'utf8')));
    expect(contents.join('\n')).not.toMatch(/accessToken/);
  });
});

describe('whoami', () => {
  test('tells the account, the server, the device and how much room is taken', async () => {
    await using person = await makePerson(server);
    await uploadFile(person.user, { path: 'a.txt', bytes: textBytes(1000) });
    const lines = await person.run(['whoami']);
    expect([lines.exitCode, lines.stderr]).toEqual([0, '']);
    expect(lines.stdout).toContain(`${person.user.email} at ${server}`);
    expect(lines.stdout).toMatch(/1 file, 1\.0 kB\n.*1\.0 kB/);
    expect(eventsOf(await person.run(['whoami', '--json']))).toMatchObject([
      {
        event: 'user',
        server,
        by: 'login',
        device: hostname(),
        user: { email: person.user.email },
        files: 1,
        quota: { usedBytes: 1000 },
      },
    ]);
  });
});

describe('INSTASHARE_TOKEN and INSTASHARE_SERVER', () => {
  test('stand for a log-in, and nothing is kept', async () => {
    await using cli = await makeCli();
    const user = await registerUser(server);
    await uploadFile(user, { path: 'a.txt', bytes: textBytes(10) });
    const environment = { INSTASHARE_TOKEN: user.auth.accessToken, INSTASHARE_SERVER: server };
    const listed = await cli.run(['ls'], { environment });
    expect([listed.exitCode, listed.stdout, listed.stderr]).toEqual([0, like(/a\.txt$/m), '']);
    expect(eventsOf(await cli.run(['whoami', '--json'], { environment }))).toMatchObject([
      { by: 'token', device: null, user: { email: user.email } },
    ]);
    const out = await cli.run(['logout'], { environment });
    expect([out.exitCode, out.stderr]).toEqual([1, like(/INSTASHARE_TOKEN/)]);
    await expect(readdir(cli.configDir)).rejects.toThrow(/ENOENT/);
  });

  test.each([
    ['isp_unknown', /does not accept the access token.*INSTASHARE_TOKEN/],
    ['two\nlines', /INSTASHARE_TOKEN is no access token/],
  ])('a token that is not valid is one clear line: %j', async (token, message) => {
    await using person = await makePerson(server);
    const environment = { INSTASHARE_TOKEN: token, INSTASHARE_SERVER: server };
    const { exitCode, stdout, stderr } = await person.run(['ls'], { environment });
    expect([exitCode, stdout, stderr.trim().split('\n')]).toEqual([1, '', [like(message)]]);
  });

  test('a token is never sent to the server that was logged in to last', async () => {
    await using person = await makePerson(server);
    const environment = { INSTASHARE_TOKEN: 'isp_of_another_server' };
    const { exitCode, stderr } = await person.run(['ls'], { environment });
    expect(exitCode).toBe(1);
    expect(stderr).not.toContain(server);
  });
});

test('--json: an error is an event as well', async () => {
  await using cli = await makeCli();
  const result = await cli.run(['ls', '--json', '--server', server]);
  expect(result.exitCode).toBe(1);
  expect(eventsOf(result)).toMatchObject([{ event: 'error', message: like(/log/i) }]);
});
