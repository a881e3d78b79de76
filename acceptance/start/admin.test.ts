/** The operator's command on what `npm start` serves: it finds the database by the data folder alone. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logIn, registerUser } from '../harness/account.ts';
import { runAdmin } from '../harness/admin-command.ts';
import { startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { fileSchema, pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { sha256Of, textBytes, uploadFile } from '../harness/uploads.ts';

test('a backup of a running instance is restored into another one that runs and is empty', async () => {
  await using folder = await makeTempFolder('backup');
  await using first = await startInstance();
  const user = await registerUser(first.url);
  const bytes = textBytes(300_000);
  const file = await uploadFile(user, { path: 'kept.txt', bytes });
  await until('it to be compressed', async () =>
    (await user.get(`/files/${file.id}`, fileSchema)).status === 'ready' ? true : null,
  );
  expect(await runAdmin(first, folder.path, 'users')).toMatchObject({
    code: 0,
    output: expect.stringContaining(`${user.email}  1 file, 300 kB no limit`) as unknown,
  });
  expect(await runAdmin(first, folder.path, 'verify')).toEqual({
    code: 0,
    output: '1 contents, 300 kB: all well.\n',
  });
  expect(await runAdmin(first, folder.path, 'backup', 'mine', '--verify')).toMatchObject({ code: 0 });

  await using second = await startInstance();
  expect(await runAdmin(second, folder.path, 'restore', 'mine')).toMatchObject({ code: 0 });
  const again = await logIn(second.url, user.email);
  await expect(again.get('/files', pageSchema)).resolves.toMatchObject({ items: [{ id: file.id }] });
  const content = await again.send('GET', `/files/${file.id}/content`);
  expect(sha256Of(content.body)).toBe(sha256Of(bytes));
  // Not the other way round: an instance with something in it is left alone.
  expect(await runAdmin(first, folder.path, 'restore', 'mine')).toMatchObject({ code: 3 });
  await rm(join(folder.path, 'mine'), { recursive: true });
});

test('without a running instance it says what to do', async () => {
  await using folder = await makeTempFolder('nothing');
  const ended = await runAdmin({ dataDir: folder.path }, folder.path, 'users');
  expect(ended).toEqual({
    code: 3,
    output: expect.stringMatching(/^instashare-admin: No database: .*no "npm start" serves/) as unknown,
  });
});
