/** C19: a watch with nothing to upload does not say that all is well while the server is away. */

import { createInstashareClient } from '@instashare/client/node';
import { startTestApi } from '@instashare/client/testing';
import { expect, test } from 'vitest';
import { askControl } from '../../src/cli/control/ask-control.ts';
import { statusReplySchema } from '../../src/cli/control/protocol.ts';
import { readWatches } from '../../src/cli/control/watch-records.ts';
import { createFileAuthStore } from '../../src/cli/file-auth-store.ts';
import { stateFolderOf } from '../../src/cli/watch/open-folder.ts';
import { createRealPlay } from '../support/real-play.ts';

async function statusIn(configFolder: string) {
  const [record] = await readWatches(stateFolderOf(configFolder));
  if (record === undefined) return null;
  const { signal } = new AbortController();
  return await askControl(record.address, { command: 'status' }, { schema: statusReplySchema, signal });
}

test('C19: with the server away nothing is up to date, though nothing is to be uploaded; then it is again', async () => {
  await using api = await startTestApi();
  await using play = await createRealPlay();
  const auth = createFileAuthStore({ configFolder: play.configFolder, server: api.url, newDevice: 'test' });
  await using client = createInstashareClient({ url: api.url, auth });
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
  await play.step({ does: 'write', path: 'a', hint: 'now' });
  await play.ensureWatched();
  const status = () => statusIn(play.configFolder);
  await expect.poll(status).toMatchObject({ phase: 'up_to_date', stored: { files: 1 } });
  expect((await status())?.heardAt).toBeTypeOf('string');
  await play.stop();

  await api.kill();
  await play.ensureWatched();
  await expect
    .poll(status)
    .toMatchObject({ phase: 'waiting', waiting: { reason: 'offline' }, heardAt: null });
  await api.start();
  await expect.poll(status).toMatchObject({ phase: 'up_to_date', waiting: null });
  expect((await status())?.heardAt).toBeTypeOf('string');
  const { exitCode } = await play.stop();
  expect(exitCode).toBe(0);
});
