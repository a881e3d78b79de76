/** `instashare watch FOLDER --once`: exits when everything there is stored; 1 and a list when something is not. */
import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, open, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import type { Account } from '../harness/account.ts';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { MIB, sha256Of, textBytes } from '../harness/uploads.ts';
import { startWatch } from './running-watch.ts';
import { eventsOf, like, makePerson } from './support.ts';

const server = inject('server');

async function stored(user: Account): Promise<Record<string, string>> {
  const { items, nextCursor } = await user.get('/files?limit=1000', pageSchema);
  expect(nextCursor, 'one page is enough here').toBeNull();
  return Object.fromEntries(items.map(({ path, sha256 }) => [path, sha256]));
}

describe('watch --once', () => {
  test('stores a real tree, prints plain lines into a pipe, and has nothing to do the next time', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('tree');
    await cp(join(CHECKOUT, 'node_modules', 'fastify'), join(folder.path, 'fastify'), { recursive: true });
    const first = await person.run(['watch', folder.path, '--once']);
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.stdout, 'no colours, no bars').not.toMatch(/\r|\p{Cc}\[/u);

    const { stdout } = await promisify(execFile)('find', ['.', '-type', 'f'], { cwd: folder.path });
    const paths = stdout
      .trim()
      .split('\n')
      .map((path) => path.slice(2));
    expect(paths.length).toBeGreaterThan(100);
    const expected: Record<string, string> = {};
    for (const path of paths) expected[path] = sha256Of(await readFile(join(folder.path, path)));
    await expect(stored(person.user)).resolves.toEqual(expected);

    const second = await person.run(['watch', folder.path, '--once', '--json']);
    expect(second.exitCode).toBe(0);
    const events = eventsOf(second);
    expect(events.filter(({ event }) => event === 'stored')).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ event: 'scanned', files: paths.length }));
    expect(events.at(-1)).toEqual({ event: 'finished', problems: [] });
  });

  test('interrupted it ends with 130, and the next run has the rest', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('interrupted');
    await writeFile(join(folder.path, 'large.bin'), textBytes(3 * MIB));
    const stop = new AbortController();
    const onStdout = (text: string) => (text.includes('Uploading') ? stop.abort() : null);
    const args = ['watch', folder.path, '--once'];
    const interrupted = await person.run([...args, '--limit-up', '100k'], { stop: stop.signal, onStdout });
    expect([interrupted.exitCode, interrupted.stderr]).toEqual([130, '']);
    await expect(stored(person.user)).resolves.toEqual({});
    expect((await person.run(args)).exitCode).toBe(0);
    expect(Object.keys(await stored(person.user))).toEqual(['large.bin']);
  });

  test('--json: every file is an event', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('json');
    await writeFile(join(folder.path, 'a.txt'), 'a');
    await writeFile(join(folder.path, 'same.txt'), 'a');
    const result = await person.run(['--json', 'watch', folder.path, '--once']);
    const files = eventsOf(result).filter(({ event }) => event === 'stored');
    expect(new Set(files.map(({ path }) => path))).toEqual(new Set(['a.txt', 'same.txt']));
    expect(files).toMatchObject([{ sha256: sha256Of(Buffer.from('a')), version: 1, sizeBytes: 1 }, {}]);
  });

  test('draws bars on a terminal', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('terminal');
    await writeFile(join(folder.path, 'large.txt'), textBytes(64 * MIB));
    const command = `node_modules/.bin/instashare watch '${folder.path}' --once`;
    // script(1) gives it a terminal of its own.
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: CHECKOUT,
      env: scrubbedEnvironment({ INSTASHARE_CONFIG_DIR: person.configDir, TERM: 'xterm' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let shown = '';
    for await (const text of child.stdout.setEncoding('utf8')) shown += String(text);
    expect(shown).toMatch(/Uploading\s+\S+\s+\d+%/);
    expect(shown).toContain('\u001B[');
    expect(await stored(person.user)).toHaveProperty(['large.txt']);
  });
});

describe('watch, bad input', () => {
  test.each(['--once', null])('a folder that does not exist (%s)', async (once) => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('none');
    const path = join(folder.path, 'nowhere');
    const { exitCode, stderr } = await person.run(['watch', path, ...(once === null ? [] : [once])]);
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(path)]);
  });

  test('a folder that is a file', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('file');
    const path = join(folder.path, 'file.txt');
    await writeFile(path, 'x');
    const { exitCode, stderr } = await person.run(['watch', path, '--once']);
    expect([exitCode, stderr]).toEqual([1, like(/not a folder/)]);
  });

  test('files that cannot be opened are listed, the rest is stored, exit code 1', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('unreadable');
    const at = (name: string) => join(folder.path, name);
    await mkdir(at('locked'));
    await mkdir(at('open'));
    await writeFile(at('locked/inside.txt'), 'x');
    await writeFile(at('open/fine.txt'), 'fine');
    await writeFile(at('secret.txt'), 'secret');
    await writeFile(at('two\nlines.txt'), 'its name is none');
    await symlink('/nowhere', at('dangling'));
    await promisify(execFile)('mkfifo', [at('pipe')]);
    await chmod(at('secret.txt'), 0);
    await chmod(at('locked'), 0);

    const args = ['watch', folder.path, '--once'];
    const lines = await person.run(args, { boundByPermissions: true });
    const json = await person.run([...args, '--json'], { boundByPermissions: true });
    await chmod(at('locked'), 0o700);

    expect(lines.exitCode).toBe(1);
    expect(lines.stderr).toMatch(/secret\.txt: .*permission denied/);
    expect(lines.stderr).toMatch(/locked: .*permission denied/);
    expect(lines.stderr).toMatch(/two\?lines\.txt: .*control characters/);
    expect(lines.stderr).not.toMatch(/dangling|pipe|\n\s+at /);
    await expect(stored(person.user)).resolves.toEqual({ 'open/fine.txt': sha256Of(Buffer.from('fine')) });

    expect(json.exitCode).toBe(1);
    const finished = eventsOf(json).at(-1);
    expect(finished).toMatchObject({ event: 'finished' });
    expect(JSON.stringify(finished)).toMatch(/secret\.txt/);
  });

  test('a file that grows while it is read is stored as it is in the end', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('growing');
    const path = join(folder.path, 'growing.log');
    await writeFile(path, textBytes(24 * MIB));
    await writeFile(join(folder.path, 'still.txt'), 'still');

    const ended = new AbortController();
    let appended = 0;
    const grow = (async () => {
      await using file = await open(path, 'a');
      const until = performance.now() + 2_500;
      while (!ended.signal.aborted && performance.now() < until) {
        await file.write(textBytes(100_000, (appended += 1)));
        await delay(20);
      }
    })();
    const result = await person.run(['watch', folder.path, '--once', '--json']);
    ended.abort();
    await grow;

    expect([result.exitCode, result.stderr]).toEqual([0, '']);
    expect(appended, 'pieces appended while it ran').toBeGreaterThan(20);
    const files = await stored(person.user);
    expect(files['growing.log']).toBe(sha256Of(await readFile(path)));
    expect(files['still.txt']).toBe(sha256Of(Buffer.from('still')));
  });

  test('files that vanish while they are read are no failure, and the rest goes on', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('vanishing');
    const names = Array.from({ length: 400 }, (_, index) => `${index}.txt`);
    const contents = new Map(names.map((name, index) => [name, textBytes(20_000, index)]));
    for (const [name, bytes] of contents) await writeFile(join(folder.path, name), bytes);
    await writeFile(join(folder.path, 'large.txt'), textBytes(64 * MIB, 1000));

    const vanished = new Set<string>();
    const removals: Promise<void>[] = [];
    const result = await person.run(['watch', folder.path, '--once', '--json'], {
      onStdout(text) {
        if (removals.length > 0 || !text.includes('"stored"')) return;
        for (const name of ['large.txt', ...names.filter((_name, index) => index % 2 === 0)]) {
          vanished.add(name);
          removals.push(unlink(join(folder.path, name)));
        }
      },
    });
    await Promise.all(removals);

    expect([result.exitCode, result.stderr]).toEqual([0, '']);
    const files = await stored(person.user);
    const missing = names.filter((name) => files[name] === undefined);
    expect(missing.length, 'files that were gone before they were read').toBeGreaterThan(0);
    expect(
      missing.filter((name) => !vanished.has(name)),
      'files that stayed',
    ).toEqual([]);
    for (const [name, bytes] of contents) {
      if (files[name] !== undefined) expect(files[name], name).toBe(sha256Of(bytes));
    }
  });

  test('a second watch of the same folder is refused while the first one runs', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('twice');
    await using running = await startWatch(person, folder.path);
    await running.said(/Up to date/);
    const second = await person.run(['watch', folder.path, '--once']);
    expect([second.exitCode, second.stderr]).toEqual([1, like(/at work/)]);
  });

  test('an account that is gone: says so, and exits 1', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('gone');
    await writeFile(join(folder.path, 'a.txt'), 'a');
    await rm(join(person.configDir, 'credentials.json'));
    const { exitCode, stderr } = await person.run(['watch', folder.path, '--once']);
    expect([exitCode, stderr]).toEqual([1, like(/instashare login/)]);
  });
});
