/** `share`, `shares`, `unshare`, and the personal access tokens of `tokens`. */
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { textBytes, uploadFile } from '../harness/uploads.ts';
import { eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');

async function contentOf(url: string): Promise<[number, string]> {
  const answer = await fetch(`${url.trim()}/content`);
  return [answer.status, answer.status === 200 ? await answer.text() : ''];
}

async function give(person: Person, path: string, bytes = textBytes(100)): Promise<string> {
  return (await uploadFile(person.user, { path, bytes })).id;
}

describe('share', () => {
  test('prints a link that works, and how it is taken back', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt', textBytes(100, 7));
    const shared = await person.run(['share', 'a.txt', '--expires', '7d', '--max-downloads', '2']);
    expect([shared.exitCode, shared.stdout]).toEqual([0, like(/^http\S+\/s\/\S+\n$/)]);
    expect(shared.stderr).toMatch(/may download a\.txt, until \d{4}-\d\d-\d\d \d\d:\d\d, 2 times in all\./);
    await expect(contentOf(shared.stdout)).resolves.toEqual([200, textBytes(100, 7).toString()]);

    const listed = await person.run(['shares']);
    expect(listed.stdout).toMatch(/^[0-9a-f-]{36} +1 of 2 +until \S+ \S+ +a\.txt\n$/);
    const [, command = ''] = /"instashare (unshare \S+)"/.exec(shared.stderr) ?? [];
    const ended = await person.run(command.split(' '));
    expect([ended.exitCode, ended.stdout]).toEqual([0, like(/works no more/)]);
    await expect(contentOf(shared.stdout)).resolves.toEqual([404, '']);
    expect((await person.run(['shares'])).stdout).toBe('');
  });

  test('a folder, with a password from standard input; a file in the trash is listed without its path', async () => {
    await using person = await makePerson(server);
    await give(person, 'pictures/one.png');
    const id = await give(person, 'b.txt', textBytes(50, 3));
    const options = { stdin: 'open sesame\n' };
    const shared = await person.run(['share', 'pictures/', '--password-stdin', '--json'], options);
    const [event] = eventsOf(shared);
    expect(event).toMatchObject({
      event: 'shared',
      path: 'pictures',
      url: like(/\/s\//),
      share: { hasPassword: true, expiresAt: null, maxDownloads: null },
    });
    expect((await fetch(`${String(event?.['url'])}/content`)).status).toBe(401);
    await person.run(['share', 'b.txt']);
    await person.run(['rm', 'b.txt']);
    expect(eventsOf(await person.run(['shares', '--json']))).toMatchObject([
      { event: 'share', path: null, fileId: id },
      { event: 'share', path: 'pictures/', hasPassword: true },
    ]);
    expect((await person.run(['shares'])).stdout).toMatch(new RegExp(`the file ${id}, which can't be seen`));
  });

  test.each([
    [['share', 'none.txt'], 1, /There is no file or folder "none\.txt"/],
    [['share', '/'], 1, /Not everything at once/],
    [['share', 'a.txt', '--expires', 'soon'], 2, /a time from now such as 30m, 12h, 7d or 4w, or a day/],
    [['share', 'a.txt', '--expires', '2001-01-01'], 2, /must lie in the future/],
    [['share', 'a.txt', '--max-downloads', '0'], 2, /whole number from 1/],
    [['share', 'a.txt', '--password'], 2, /no terminal to ask for a password.*--password-stdin/],
    [['share', 'a.txt', '--password-stdin'], 1, /password/],
    [['unshare', 'nonsense'], 1, /nonsense: id:/],
  ])('%j is refused with the reason', async (args, exitCode, reason) => {
    await using person = await makePerson(server);
    await give(person, 'a.txt');
    const refused = await person.run(args);
    expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([exitCode, '', like(reason)]);
    expect((await person.run(['shares'])).stdout).toBe('');
  });

  test('of several links, one that is not there is told and the others go', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt');
    await person.run(['share', 'a.txt']);
    const id = String(eventsOf(await person.run(['shares', '--json']))[0]?.['id']);
    const other = randomUUID();
    const result = await person.run(['unshare', other, id]);
    expect([result.exitCode, result.stdout]).toEqual([1, like(new RegExp(id))]);
    expect(result.stderr).toContain(other);
    expect((await person.run(['shares'])).stdout).toBe('');
  });
});

describe('tokens', () => {
  test('one is made, does what its scopes say, is listed with its last use, and stops when it is revoked', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt');
    const made = await person.run([
      'tokens',
      'create',
      'nightly backup',
      '--scope',
      'read',
      '--expires',
      '4w',
    ]);
    expect([made.exitCode, made.stdout]).toEqual([0, like(/^isp_\S+\n$/)]);
    expect(made.stderr).toMatch(/"nightly backup" may read, until \d{4}-\d\d-\d\d/);
    const environment = { INSTASHARE_TOKEN: made.stdout.trim(), INSTASHARE_SERVER: server };
    expect((await person.run(['ls'], { environment })).stdout).toMatch(/a\.txt/);
    const refused = await person.run(['share', 'a.txt'], { environment });
    expect([refused.exitCode, refused.stderr]).toEqual([1, like(/scope/)]);
    const other = await person.run(['tokens', 'create', 'another', '--scope', 'read'], { environment });
    expect([other.exitCode, other.stdout]).toEqual([1, '']);

    const listed = await person.run(['tokens']);
    expect(listed.stdout).toMatch(/^[0-9a-f-]{36} +read +until \S+ \S+ +used \S+ \S+ +nightly backup\n$/);
    expect(listed.stdout + listed.stderr).not.toContain(made.stdout.trim());
    const [, command = ''] = /"instashare (tokens revoke \S+)"/.exec(made.stderr) ?? [];
    expect((await person.run(command.split(' '))).stdout).toMatch(/works no more/);
    expect((await person.run(['ls'], { environment })).stderr).toMatch(/does not accept the access token/);
    expect((await person.run(['tokens', 'list'])).stdout).toBe('');
  });

  test('--json tells the token once, and lists it without', async () => {
    await using person = await makePerson(server);
    const made = await person.run(['tokens', 'create', 'script', '--scope', 'read', 'share', '--json']);
    expect(eventsOf(made)).toMatchObject([
      {
        event: 'token_created',
        token: like(/^isp_/),
        details: { name: 'script', scopes: ['read', 'share'] },
      },
    ]);
    const [listed] = eventsOf(await person.run(['tokens', 'list', '--json']));
    expect(listed).toMatchObject({ event: 'token', name: 'script', lastUsedAt: null });
    expect(listed).not.toHaveProperty('token');
  });

  test.each([
    [['tokens', 'create', 'a'], 2, /--scope/],
    [['tokens', 'create', 'a', '--scope', 'admin'], 2, /read, write, share/],
    [['tokens', 'revoke', randomUUID()], 1, /There is no such token/],
  ])('%j is refused with the reason', async (args, exitCode, reason) => {
    await using person = await makePerson(server);
    const refused = await person.run(args);
    expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([exitCode, '', like(reason)]);
  });
});
