import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { expectError } from '../harness/http.ts';
import { objectFiles } from '../harness/objects.ts';
import { until } from '../harness/poll.ts';
import { textBytes, untilReady, uploadFile } from '../harness/uploads.ts';

const dataDir = inject('dataDir');

/** Lines of the logs that hold this text. */
async function linesWith(text: string): Promise<string[]> {
  const folder = join(dataDir, 'logs');
  const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return logs.flatMap((log) => log.split('\n')).filter((line) => line.includes(text));
}

test('what went wrong is found in the log by the id that the request brought, and the client is told when to come again', async () => {
  const user = await registerUser(inject('server'));
  const file = await untilReady(user, await uploadFile(user, { path: 'a.txt', bytes: textBytes(5000) }));
  // As a disk does that lost something.
  for (const object of await objectFiles(dataDir, user.auth.user.id)) await rm(object);
  const id = `lost:${file.id}`;
  const answer = await user.send('GET', `/files/${file.id}/content`, { headers: { 'x-request-id': id } });
  expectError(answer, 503, 'content_unavailable');
  expect([answer.headers.get('x-request-id'), answer.headers.get('retry-after')]).toEqual([id, '1']);
  const line = await until('the line in the log', async () => (await linesWith(id))[0] ?? null);
  expect(line).toContain('request failed for want of a service');
});
