/** `rm`, `trash`, `restore`, `versions` and `mv`. */
import { describe, expect, inject, test } from 'vitest';
import { pageSchema } from '../harness/schemas.ts';
import { textBytes, uploadFile } from '../harness/uploads.ts';
import { eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');

let seed = 100;

/** No content twice: what is known already is not uploaded. */
async function give(person: Person, ...paths: string[]): Promise<void> {
  for (const path of paths) await uploadFile(person.user, { path, bytes: textBytes(100, (seed += 1)) });
}

async function pathsOf(person: Person): Promise<string[]> {
  const { items } = await person.user.get('/files?limit=1000', pageSchema);
  return items.map(({ path }) => path);
}

describe('rm and restore', () => {
  test('a file goes to the trash, and what is printed takes it back', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt', 'b.txt');
    const removed = await person.run(['rm', 'a.txt']);
    expect([removed.exitCode, removed.stdout, removed.stderr]).toEqual([0, like(/trash/), '']);
    await expect(pathsOf(person)).resolves.toEqual(['b.txt']);
    const [, command = ''] = /"instashare (.*)"/.exec(removed.stdout) ?? [];
    expect((await person.run(command.split(' '))).exitCode).toBe(0);
    await expect(pathsOf(person)).resolves.toEqual(['a.txt', 'b.txt']);
  });

  test('a folder only with -r; it comes back whole, whether it was deleted at once or bit by bit', async () => {
    await using person = await makePerson(server);
    await give(person, 'f/1', 'f/sub/2', 'f/sub/3', 'other');
    const refused = await person.run(['rm', 'f']);
    expect([refused.exitCode, refused.stderr]).toEqual([1, like(/is a folder: use -r/)]);
    expect((await person.run(['rm', 'f/1'])).exitCode).toBe(0);
    expect((await person.run(['rm', '-r', 'f'])).exitCode).toBe(0);
    await expect(pathsOf(person)).resolves.toEqual(['other']);

    const restored = await person.run(['restore', 'f/', '--json']);
    expect([restored.exitCode, eventsOf(restored)]).toEqual([
      0,
      [{ event: 'restored', kind: 'folder', path: 'f', files: 3 }],
    ]);
    await expect(pathsOf(person)).resolves.toEqual(['f/1', 'f/sub/2', 'f/sub/3', 'other']);
  });

  test('of a folder, what has no room stays in the trash, and is named', async () => {
    await using person = await makePerson(server);
    await give(person, 'f/1', 'f/2');
    await person.run(['rm', '-r', 'f']);
    await give(person, 'f/1');
    const result = await person.run(['restore', 'f']);
    expect([result.exitCode, result.stdout, result.stderr]).toEqual([
      1,
      like(/1 file restored/),
      like(/1 file of f\/ stay.* \(f\/1\)/),
    ]);
    await expect(pathsOf(person)).resolves.toEqual(['f/1', 'f/2']);
  });

  test('onto a path that is taken: says which one is free, and takes it', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt');
    await person.run(['rm', 'a.txt']);
    await give(person, 'a.txt');
    const refused = await person.run(['restore', 'a.txt']);
    expect([refused.exitCode, refused.stderr]).toEqual([1, like(/--to "a \(2\)\.txt"/)]);
    expect((await person.run(['restore', 'a.txt', '--to', 'a (2).txt'])).exitCode).toBe(0);
    await expect(pathsOf(person)).resolves.toEqual(['a (2).txt', 'a.txt']);
  });

  test('one that is not there is told, the rest is done, exit code 1', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt');
    const removed = await person.run(['rm', 'gone', 'a.txt', '--json']);
    expect(removed.exitCode).toBe(1);
    expect(eventsOf(removed)).toMatchObject([
      { event: 'error', code: 'file_not_found', path: 'gone' },
      { event: 'deleted', kind: 'file', path: 'a.txt' },
    ]);
    const restored = await person.run(['restore', 'never', 'a.txt']);
    expect([restored.exitCode, restored.stderr]).toEqual([1, like(/The trash has nothing of "never"/)]);
    await expect(pathsOf(person)).resolves.toEqual(['a.txt']);
    expect((await person.run(['rm', '-r', '/'])).stderr).toMatch(/Not everything at once/);
  });
});

describe('versions', () => {
  test('are listed newest first, and an old one is made current again', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt');
    await uploadFile(person.user, { path: 'a.txt', bytes: textBytes(500, 9) });
    const listed = await person.run(['versions', 'a.txt']);
    expect(listed.stdout.trimEnd().split('\n')).toEqual([like(/^ +2\* +500 B/), like(/^ +1 +100 B/)]);
    expect((await person.run(['restore', 'a.txt', '--version', '1'])).stdout).toMatch(/as version 3/);
    const events = eventsOf(await person.run(['versions', 'a.txt', '--json']));
    expect(events.map(({ number, isCurrent, sizeBytes }) => [number, isCurrent, sizeBytes])).toEqual([
      [3, true, 100],
      [2, false, 500],
      [1, false, 100],
    ]);
    const none = await person.run(['restore', 'a.txt', '--version', '7']);
    expect([none.exitCode, none.stderr]).toEqual([1, like(/no version 7/)]);
  });
});

describe('mv', () => {
  test('renames, moves into folders, and moves folders', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt', 'dir/b.txt');
    const moves: [string, string, string[]][] = [
      ['a.txt', 'c.txt', ['c.txt', 'dir/b.txt']],
      ['c.txt', 'dir', ['dir/b.txt', 'dir/c.txt']],
      ['dir/c.txt', 'new/', ['dir/b.txt', 'new/c.txt']],
      ['dir', 'moved', ['moved/b.txt', 'new/c.txt']],
      ['moved/', 'new', ['new/c.txt', 'new/moved/b.txt']],
      ['new/moved', '/', ['moved/b.txt', 'new/c.txt']],
    ];
    for (const [from, to, paths] of moves) {
      const { exitCode, stderr } = await person.run(['mv', from, to]);
      expect([exitCode, stderr], `${from} to ${to}`).toEqual([0, '']);
      await expect(pathsOf(person), `${from} to ${to}`).resolves.toEqual(paths);
    }
  });

  test('never replaces a file, and a folder does not go into itself', async () => {
    await using person = await makePerson(server);
    await give(person, 'a.txt', 'b.txt', 'f/1');
    const taken = await person.run(['mv', 'a.txt', 'b.txt']);
    expect([taken.exitCode, taken.stderr]).toEqual([1, like(/Another file is at "b\.txt".*is free/)]);
    const itself = await person.run(['mv', 'f', 'f/g']);
    expect([itself.exitCode, itself.stderr]).toEqual([1, like(/must not lie in the folder/)]);
    await expect(pathsOf(person)).resolves.toEqual(['a.txt', 'b.txt', 'f/1']);
  });
});

describe('trash', () => {
  test('is listed, and emptied only when that is meant', async () => {
    await using person = await makePerson(server);
    await give(person, 'in/a.txt', 'b.txt');
    await person.run(['rm', 'in/a.txt', 'b.txt']);
    for (const args of [['trash'], ['trash', 'list'], ['ls', '--trash']]) {
      const { stdout } = await person.run(args);
      expect(stdout.trim().split('\n'), args.join(' ')).toEqual([like(/b\.txt$/), like(/in\/a\.txt$/)]);
    }
    expect(eventsOf(await person.run(['trash', 'list', 'in/', '--json']))).toMatchObject([
      { event: 'trashed_file', path: 'in/a.txt' },
    ]);
    const asked = await person.run(['trash', 'empty']);
    expect([asked.exitCode, asked.stderr]).toEqual([2, like(/--yes/)]);
    const emptied = await person.run(['trash', 'empty', '--yes']);
    expect([emptied.exitCode, emptied.stdout]).toEqual([0, 'Removed 2 files for good\n']);
    await expect(person.run(['trash'])).resolves.toMatchObject({ exitCode: 0, stdout: '' });
  });
});
