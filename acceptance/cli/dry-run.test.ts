/** `instashare watch FOLDER --dry-run`: what would be uploaded, and what not and why. */
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { eventsOf, like, makePerson } from './support.ts';

const server = inject('server');

test('tells what is new, changed, skipped and refused, and does nothing', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('dry-run');
  const at = (name: string) => join(folder.path, name);
  await writeFile(at('same.txt'), 'same');
  await writeFile(at('changed.txt'), 'before');
  expect((await person.run(['watch', folder.path, '--once'])).exitCode).toBe(0);
  await writeFile(at('changed.txt'), 'afterwards');
  await writeFile(at('new.txt'), 'new');
  await writeFile(at('two\nlines'), 'refused');
  await symlink('new.txt', at('link'));

  const result = await person.run(['watch', folder.path, '--dry-run', '--json']);
  expect([result.exitCode, result.stderr]).toEqual([0, '']);
  const events = eventsOf(result);
  expect(
    events.slice(0, -1).toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
  ).toMatchObject([
    { event: 'would_refuse', localPath: 'two\nlines', code: 'invalid_name' },
    { event: 'would_skip', localPath: 'link', why: 'symlink' },
    { event: 'would_upload', localPath: 'changed.txt', what: 'changed', sizeBytes: 10 },
    { event: 'would_upload', localPath: 'new.txt', what: 'new', sizeBytes: 3 },
  ]);
  expect(events.at(-1)).toMatchObject({
    event: 'dry_run',
    files: 2,
    sizeBytes: 13,
    stored: 1,
    skipped: 1,
    refused: 1,
  });
  const lines = await person.run(['watch', folder.path, '--dry-run']);
  expect(lines.stdout).toEqual(
    like(/2 files, 13 B would be uploaded; 1 stored already, 1 skipped, 1 that can't be\n$/),
  );

  const { items } = await person.user.get('/files', pageSchema);
  expect(items.map(({ path, version }) => [path, version])).toEqual([
    ['changed.txt', 1],
    ['same.txt', 1],
  ]);
});
