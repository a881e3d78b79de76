/** `status`, `why`, `sync`, `pause` and `resume` of a running watch, and several folders in one process. */
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startWatch } from './running-watch.ts';
import { type CliEvent, eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');

async function pathsOf(person: Person): Promise<string[]> {
  const { items } = await person.user.get('/files?limit=1000', pageSchema);
  return items.map(({ path }) => path);
}

async function eventOf(person: Person, ...args: string[]): Promise<CliEvent | undefined> {
  return eventsOf(await person.run([...args, '--json'])).at(-1);
}

describe('a running watch', () => {
  test('C23: tells how it stands, and why a file is, or is not, on the server', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('control');
    const at = (name: string) => join(folder.path, name);
    await writeFile(at('fine.txt'), 'fine');
    await writeFile(at('two\nlines.txt'), 'no name for a file');
    await symlink('fine.txt', at('link'));
    await using running = await startWatch(person, folder.path);
    await running.said(/Up to date/);

    await expect(eventOf(person, 'status')).resolves.toMatchObject({
      event: 'status',
      folder: folder.path,
      server,
      phase: 'up_to_date',
      stored: { files: 1, sizeBytes: 4 },
      problems: { count: 1, some: [{ localPath: 'two\nlines.txt', code: 'invalid_name' }] },
    });
    const status = await person.run(['status', folder.path]);
    expect([status.exitCode, status.stderr]).toEqual([0, '']);
    expect(status.stdout).toMatch(
      /Up to date: 1 file, 4 B\n  The server last answered at .*\n.*1 problem:\n.*two\?lines\.txt: .*\n.*Rename it/,
    );
    await expect(eventOf(person, 'why', at('fine.txt'))).resolves.toMatchObject({
      state: 'stored',
      version: 1,
    });
    await expect(eventOf(person, 'why', at('two\nlines.txt'))).resolves.toMatchObject({
      state: 'given_up',
      failureClass: 'permanent',
    });
    await expect(eventOf(person, 'why', at('link'))).resolves.toMatchObject({
      state: 'skipped',
      why: 'symlink',
    });
    await expect(eventOf(person, 'why', at('none'))).resolves.toMatchObject({ state: 'missing' });
    await expect(eventOf(person, 'why', folder.path)).resolves.toMatchObject({ state: 'folder', count: 1 });
    const elsewhere = await person.run(['why', '/']);
    expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([1, like(/No watch .* is running/)]);
  });

  test('has told the server of a folder that was moved, and of a file that is gone, when it says so', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('moved');
    const at = (name: string) => join(folder.path, name);
    await mkdir(at('old'));
    await writeFile(at('old/a.txt'), 'moved');
    await writeFile(at('gone.txt'), 'gone');
    await using running = await startWatch(person, folder.path);
    await running.said(/Up to date/);
    await rename(at('old'), at('new'));
    await rm(at('gone.txt'));
    expect((await person.run(['sync', '--wait'])).exitCode).toBe(0);
    await expect(pathsOf(person)).resolves.toEqual(['new/a.txt']);
  });

  test('is paused, keeps to it over a restart, and goes on when it is told to', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('pause');
    {
      await using running = await startWatch(person, folder.path);
      await running.said(/Up to date/);
      expect((await person.run(['pause'])).stdout).toMatch(/is paused/);
      await writeFile(join(folder.path, 'later.txt'), 'later');
      await expect
        .poll(async () => eventOf(person, 'why', join(folder.path, 'later.txt')))
        .toMatchObject({ state: 'queued', isPaused: true });
    }
    await using running = await startWatch(person, folder.path);
    await running.said(/Paused/);
    const waited = await person.run(['sync', '--wait']);
    expect([waited.exitCode, waited.stdout], 'it will not be done').toEqual([1, like(/Paused/)]);
    await expect(pathsOf(person)).resolves.toEqual([]);

    expect((await person.run(['resume', folder.path])).exitCode).toBe(0);
    expect((await person.run(['sync', '--wait'])).exitCode).toBe(0);
    await expect(pathsOf(person)).resolves.toEqual(['later.txt']);
  });

  test('C21: looks at once when it is asked to', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('sync');
    await using running = await startWatch(person, folder.path);
    await running.said(/Up to date/);
    await writeFile(join(folder.path, 'now.txt'), 'now');
    const { exitCode, stdout } = await person.run(['sync', '--wait']);
    expect([exitCode, stdout]).toEqual([0, like(/Up to date: 1 file/)]);
    await expect(pathsOf(person)).resolves.toEqual(['now.txt']);
  });

  test('has several folders, each with a place of its own', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('several');
    const [documents, music] = [join(folder.path, 'Documents'), join(folder.path, 'Music')];
    for (const path of [documents, music]) {
      await mkdir(path);
      await writeFile(join(path, 'same.txt'), path);
    }
    {
      await using running = await startWatch(person, documents, music, '--to', 'all');
      await running.said(/Documents: Up to date/);
      await running.said(/Music: Up to date/);
      const events = eventsOf(await person.run(['status', '--json']));
      expect(events).toMatchObject([
        { folder: documents, to: 'all/Documents' },
        { folder: music, to: 'all/Music' },
      ]);
      const again = await person.run(['watch', music, documents, '--to', 'all']);
      expect([again.exitCode, again.stderr]).toEqual([1, like(/Another "instashare watch" is at work/)]);
      expect(eventsOf(await person.run(['pause', music, '--json']))).toMatchObject([{ folder: music }]);
      expect(eventsOf(await person.run(['status', documents, '--json']))).toMatchObject([
        { isPaused: false },
      ]);
    }
    await expect(pathsOf(person)).resolves.toEqual(['all/Documents/same.txt', 'all/Music/same.txt']);
    const finished = eventsOf(
      await person.run(['watch', documents, music, '--to', 'all', '--once', '--json']),
    );
    expect(finished.filter(({ event }) => event === 'finished')).toEqual([
      { event: 'finished', folder: documents, problems: [] },
      { event: 'finished', folder: music, problems: [] },
    ]);
  });
});

test('C15: one of several folders that is not there yet is waited for, and keeps no other', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('absent');
  const at = (name: string) => join(folder.path, name);
  await mkdir(at('here'));
  await writeFile(at('here/a.txt'), 'a');
  const stop = new AbortController();
  const ended = person.run(['watch', at('here'), at('disk')], { stop: stop.signal });
  await expect.poll(() => pathsOf(person)).toEqual(['here/a.txt']);
  await mkdir(at('disk'));
  await writeFile(at('disk/b.txt'), 'b');
  await expect.poll(() => pathsOf(person)).toEqual(['disk/b.txt', 'here/a.txt']);
  expect(eventsOf(await person.run(['status', '--json'])).map((event) => event['folder'])).toEqual([
    at('disk'),
    at('here'),
  ]);
  stop.abort();
  const absent = `instashare: There is no folder ${at('disk')}; it is looked for every 5 seconds\n`;
  expect(await ended).toMatchObject({ exitCode: 0, stderr: absent });
});

describe('watch of several folders, bad input', () => {
  test('one in the other, and two of one name, are refused', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('nested');
    const inner = join(folder.path, 'a/same');
    const other = join(folder.path, 'b/same');
    await mkdir(inner, { recursive: true });
    await mkdir(other, { recursive: true });
    const nested = await person.run(['watch', folder.path, inner]);
    expect([nested.exitCode, nested.stderr]).toEqual([2, like(/lies in .* twice/)]);
    const twins = await person.run(['watch', inner, other]);
    expect([twins.exitCode, twins.stderr]).toEqual([2, like(/have one name.*--to/)]);
  });
});

test.each(['status', 'sync', 'pause', 'resume', 'limit --up 2M', 'confirm-deletes'])(
  '%s says when no watch is running',
  async (command) => {
    await using person = await makePerson(server);
    const { exitCode, stdout, stderr } = await person.run(command.split(' '));
    expect([exitCode, stdout, stderr]).toEqual([1, '', like(/^instashare: No watch is running: .*\n$/)]);
  },
);
