import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { PASSWORD, registerUser } from '../harness/account.ts';
import { makeCli } from '../harness/cli.ts';
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

test('--json: an error is an event as well', async () => {
  await using cli = await makeCli();
  const result = await cli.run(['ls', '--json', '--server', server]);
  expect(result.exitCode).toBe(1);
  expect(eventsOf(result)).toMatchObject([{ event: 'error', message: like(/log/i) }]);
});
