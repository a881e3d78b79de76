import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dropJournalPath, openDropJournal } from '../../src/engine/drop-journal.ts';

function makePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'instashare-drops-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return dropJournalPath(folder, { server: 'http://server', userId: 'one' });
}

const file = (name: string) =>
  ({ kind: 'file', localPath: `/here/${name}`, path: `there/${name}`, sizeBytes: 7 }) as const;
const namesIn = (path: string) => {
  using journal = openDropJournal(path);
  return journal.left.map(({ path: name, failure }) => [name, failure?.code ?? null]);
};

test('what is not through is there again, as after a crash: nothing was closed', () => {
  const path = makePath();
  const journal = openDropJournal(path);
  const one = journal.add(file('one'));
  const two = journal.add(file('two'));
  journal.add(file('three'));
  journal.remove(one.id);
  journal.update({ ...two, failure: { code: 'ENOENT', message: 'It is not there any more' } });
  expect(namesIn(path)).toEqual([
    ['there/two', 'ENOENT'],
    ['there/three', null],
  ]);
  // And a second time, with ids that are nobody else's.
  using again = openDropJournal(path);
  const four = again.add(file('four'));
  again.remove(four.id);
  expect(namesIn(path)).toHaveLength(2);
});

test('a line that was cut off costs that line, and nothing that comes after it', () => {
  const path = makePath();
  openDropJournal(path).add(file('one'));
  appendFileSync(path, '{"put":{"id":2,"kind":"fi');
  openDropJournal(path).add(file('two'));
  expect(namesIn(path)).toEqual([
    ['there/one', null],
    ['there/two', null],
  ]);
});

test('where it can not be written anew, as on a full disk, it goes on as it is', () => {
  const path = makePath();
  openDropJournal(path).add(file('one'));
  appendFileSync(path, '{"put":{"id":2,"kind":"fi');
  mkdirSync(`${path}.new`);
  using journal = openDropJournal(path);
  journal.add(file('two'));
  expect(namesIn(path)).toEqual([
    ['there/one', null],
    ['there/two', null],
  ]);
  for (const { id } of journal.left) journal.remove(id);
  expect(namesIn(path)).toEqual([['there/two', null]]);
});

test('with all of it through the file is empty; only its owner can read it', () => {
  const path = makePath();
  using journal = openDropJournal(path);
  const all = [journal.add(file('one')), journal.add(file('two'))];
  expect(journal.isEmpty).toBe(false);
  for (const { id } of all) journal.remove(id);
  expect(journal.isEmpty).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  // What ends late changes nothing.
  journal.update({ ...file('one'), id: all[0]?.id ?? 0, begun: null, failure: null });
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('whoever leaves leaves nothing, though a folder is still looked through', async () => {
  const path = makePath();
  using journal = openDropJournal(path);
  const dropped = journal.add({ ...file('all'), kind: 'drop' });
  journal.clear();
  journal.add(file('late'));
  journal.remove(dropped.id);
  await journal.flush();
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('each account has its own', () => {
  const paths = [
    dropJournalPath('/config', { server: 'http://server', userId: 'one' }),
    dropJournalPath('/config', { server: 'http://server', userId: 'two' }),
    dropJournalPath('/config', { server: 'http://other', userId: 'one' }),
  ];
  expect(new Set(paths).size).toBe(3);
});
