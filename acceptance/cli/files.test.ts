import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { MIB, sha256Of, textBytes, uploadFile } from '../harness/uploads.ts';
import { eventsOf, like, makePerson } from './support.ts';

const server = inject('server');

describe('upload', () => {
  test('puts files into a folder of the server', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('upload');
    await writeFile(join(folder.path, 'a.txt'), 'content of a');
    await writeFile(join(folder.path, 'ü b.bin'), textBytes(9 * MIB));
    const files = ['a.txt', 'ü b.bin'].map((name) => join(folder.path, name));
    const { exitCode, stderr } = await person.run(['upload', ...files, '--to', 'in/box']);
    expect([exitCode, stderr]).toEqual([0, '']);

    const listed = await person.run(['ls']);
    expect(listed.stdout.trim().split('\n')).toEqual([
      like(/\bin\/box\/a\.txt$/),
      like(/\bin\/box\/ü b\.bin$/),
    ]);
  });

  test('reports a file that is not there, uploads the rest, and exits 1', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('upload');
    await writeFile(join(folder.path, 'here.txt'), 'here');
    const files = ['gone.txt', 'here.txt'].map((name) => join(folder.path, name));
    const result = await person.run(['upload', ...files, folder.path, '--json']);

    expect(result.exitCode).toBe(1);
    expect(eventsOf(result)).toMatchObject([
      { event: 'error', message: like(/gone\.txt.*no such file/) },
      { event: 'uploaded', path: 'here.txt', sizeBytes: 4, version: 1, alreadyStored: false },
      { event: 'error', message: like(/is a folder/) },
    ]);
  });
});

describe('ls', () => {
  test('lists what starts with a prefix, in lines and as JSON', async () => {
    await using person = await makePerson(server);
    for (const [seed, path] of ['a/1.txt', 'a/2.txt', 'b.txt'].entries()) {
      await uploadFile(person.user, { path, bytes: textBytes(1000 + seed, seed) });
    }
    const lines = await person.run(['ls', 'a/']);
    expect(lines.stdout.trim().split('\n')).toEqual([like(/ a\/1\.txt$/), like(/ a\/2\.txt$/)]);
    const json = await person.run(['--json', 'ls']);
    expect(eventsOf(json)).toMatchObject(
      ['a/1.txt', 'a/2.txt', 'b.txt'].map((path, seed) => ({
        event: 'file',
        path,
        sizeBytes: 1000 + seed,
        sha256: sha256Of(textBytes(1000 + seed, seed)),
      })),
    );
    await expect(person.run(['ls', 'nothing'])).resolves.toMatchObject({ exitCode: 0, stdout: '' });
  });
});

describe('get', () => {
  test('downloads by path, verified, under its name, another, or to stdout', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('get');
    const bytes = textBytes(3 * MIB);
    await uploadFile(person.user, { path: 'docs/ö file.txt', bytes });

    const named = await person.run(['get', 'docs/ö file.txt'], { cwd: folder.path });
    expect([named.exitCode, named.stderr]).toEqual([0, '']);
    const other = join(folder.path, 'other.txt');
    expect((await person.run(['get', 'docs/ö file.txt', '-o', other])).exitCode).toBe(0);
    for (const path of [join(folder.path, 'ö file.txt'), other]) {
      expect((await readFile(path)).equals(bytes), path).toBe(true);
    }
    const printed = await person.run(['get', 'docs/ö file.txt', '-o', '-']);
    expect(sha256Of(Buffer.from(printed.stdout))).toBe(sha256Of(bytes));
    expect((await readdir(folder.path)).toSorted(), 'nothing beside them').toEqual([
      'other.txt',
      'ö file.txt',
    ]);
  });

  test('never replaces a file unless it is told to', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('get');
    await uploadFile(person.user, { path: 'a.txt', bytes: textBytes(100) });
    const target = join(folder.path, 'a.txt');
    await writeFile(target, 'mine');

    const refused = await person.run(['get', 'a.txt', '-o', target]);
    expect([refused.exitCode, refused.stderr]).toEqual([1, like(/exists/)]);
    await expect(readFile(target, 'utf8')).resolves.toBe('mine');
    expect((await person.run(['get', 'a.txt', '-o', target, '--force'])).exitCode).toBe(0);
    expect((await readFile(target)).equals(textBytes(100))).toBe(true);
  });

  test('says when there is no such file, no such folder', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('get');
    const unknown = await person.run(['get', 'nothing.txt'], { cwd: folder.path });
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, like(/no file or folder "nothing\.txt"/)]);

    await uploadFile(person.user, { path: 'a.txt', bytes: textBytes(100) });
    await mkdir(join(folder.path, 'sub'));
    const nowhere = await person.run(['get', 'a.txt', '-o', join(folder.path, 'no', 'such', 'folder')]);
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([1, like(/no\/such/)]);
    await expect(readdir(folder.path)).resolves.toEqual(['sub']);
  });
});
