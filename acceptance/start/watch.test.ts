/** `npm start -- --watch FOLDER`: the folder goes up by itself, and so does what changes in it. */
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Account } from '../harness/account.ts';
import { startInstance } from '../harness/instance.ts';
import { localAccount } from '../harness/local-account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema, type StoredFile, trashSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { sha256Of } from '../harness/uploads.ts';

function untilListed(user: Account, path: string, content: string): Promise<StoredFile> {
  const sha256 = sha256Of(Buffer.from(content));
  return until(`${path} with its content to be listed`, async () => {
    const { items } = await user.get('/files?limit=1000', pageSchema);
    return items.find((file) => file.path === path && file.sha256 === sha256) ?? null;
  });
}

test('uploads the folder, goes on watching, and never touches the folder', async () => {
  await using folder = await makeTempFolder('watched');
  await mkdir(join(folder.path, 'sub'));
  await writeFile(join(folder.path, 'first.txt'), 'first');
  await writeFile(join(folder.path, 'sub', 'zweite Datei é.txt'), 'second');
  await using instance = await startInstance({ args: ['--watch', folder.path] });
  const user = await localAccount(instance);

  const first = await untilListed(user, 'first.txt', 'first');
  await untilListed(user, 'sub/zweite Datei é.txt', 'second');

  await writeFile(join(folder.path, 'sub', 'added.txt'), 'added later');
  await untilListed(user, 'sub/added.txt', 'added later');

  await appendFile(join(folder.path, 'first.txt'), ' and more');
  const changed = await untilListed(user, 'first.txt', 'first and more');
  expect(changed).toMatchObject({ id: first.id, version: first.version + 1 });

  // As editors save: a new file takes the old one's name.
  await writeFile(join(folder.path, '.first.txt.swp'), 'saved anew');
  await rename(join(folder.path, '.first.txt.swp'), join(folder.path, 'first.txt'));
  await untilListed(user, 'first.txt', 'saved anew');

  // A whole folder moved in.
  await using elsewhere = await makeTempFolder('elsewhere');
  await mkdir(join(elsewhere.path, 'moved', 'deep'), { recursive: true });
  await writeFile(join(elsewhere.path, 'moved', 'deep', 'in.txt'), 'moved in');
  await rename(join(elsewhere.path, 'moved'), join(folder.path, 'moved'));
  await untilListed(user, 'moved/deep/in.txt', 'moved in');

  // What is moved here is moved there, and what goes here goes into the trash there.
  await rename(join(folder.path, 'moved'), join(folder.path, 'moved again'));
  await untilListed(user, 'moved again/deep/in.txt', 'moved in');
  await rm(join(folder.path, 'sub', 'added.txt'));
  await until('sub/added.txt to be in the trash', async () => {
    const { items } = await user.get('/trash', trashSchema);
    return items.some(({ path }) => path === 'sub/added.txt') ? true : null;
  });

  instance.pressCtrlC();
  expect(await instance.exited, instance.output()).toBe(0);
  expect(instance.output()).toContain(folder.path);
});

test('what changed while it was off is uploaded at the next start', async () => {
  await using folder = await makeTempFolder('watched');
  await writeFile(join(folder.path, 'a.txt'), 'one');
  await using first = await startInstance({ args: ['--watch', folder.path] });
  await untilListed(await localAccount(first), 'a.txt', 'one');
  first.pressCtrlC();
  expect(await first.exited).toBe(0);

  await writeFile(join(folder.path, 'a.txt'), 'two');
  await writeFile(join(folder.path, 'b.txt'), 'new');
  await using second = await startInstance({ args: ['--watch', folder.path], like: first });
  const user = await localAccount(second);
  const changed = await untilListed(user, 'a.txt', 'two');
  const added = await untilListed(user, 'b.txt', 'new');
  expect([changed.version, added.version]).toEqual([2, 1]);
});
