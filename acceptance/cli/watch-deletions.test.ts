/** What is deleted or moved in a watched folder, on the server. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');

async function pathsOf({ user }: Person): Promise<string[]> {
  return (await user.get('/files?limit=1000', pageSchema)).items.map(({ path }) => path);
}

test('what is moved is moved, with its versions, and what is deleted is in the trash', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('changes');
  const at = (name: string) => join(folder.path, name);
  await mkdir(at('old'));
  for (const name of ['old/a', 'old/b', 'gone', 'stays']) await writeFile(at(name), name);
  const watchOnce = () => person.run(['watch', folder.path, '--once', '--json']);
  expect((await watchOnce()).exitCode).toBe(0);

  await rename(at('old'), at('new'));
  await rm(at('gone'));
  const second = await watchOnce();
  expect([second.exitCode, second.stderr]).toEqual([0, '']);
  const changes = eventsOf(second).filter(({ event }) => ['moved', 'deleted', 'stored'].includes(event));
  // In the order of the folder's entries, which is the file system's own.
  expect(changes.map((change) => JSON.stringify(change)).toSorted()).toEqual(
    [
      { event: 'deleted', path: 'gone' },
      { event: 'moved', from: 'old/a', path: 'new/a' },
      { event: 'moved', from: 'old/b', path: 'new/b' },
    ].map((change) => JSON.stringify(change)),
  );
  expect(await pathsOf(person)).toEqual(['new/a', 'new/b', 'stays']);
});

test('C15: most of a folder waits for --confirm-deletes; --keep-deleted lets it be', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('mass');
  await mkdir(join(folder.path, 'many'));
  for (let index = 0; index < 30; index += 1)
    await writeFile(join(folder.path, `many/f${index}`), `${index}`);
  const watchOnce = (...flags: string[]) => person.run(['watch', folder.path, '--once', ...flags]);
  expect((await watchOnce()).exitCode).toBe(0);

  await rm(join(folder.path, 'many'), { recursive: true });
  const held = await watchOnce();
  expect(held).toMatchObject({
    exitCode: 1,
    stderr: like(/kept on the server: 30 files.*--confirm-deletes/),
  });
  expect(await pathsOf(person)).toHaveLength(30);
  expect((await watchOnce('--confirm-deletes', '--keep-deleted')).exitCode).toBe(2);
  expect((await watchOnce('--confirm-deletes')).exitCode).toBe(0);
  expect(await pathsOf(person)).toEqual([]);

  await writeFile(join(folder.path, 'kept'), 'K');
  await watchOnce();
  await rm(join(folder.path, 'kept'));
  expect((await watchOnce('--keep-deleted')).exitCode).toBe(0);
  expect((await watchOnce()).exitCode).toBe(0);
  expect(await pathsOf(person)).toEqual(['kept']);
});
