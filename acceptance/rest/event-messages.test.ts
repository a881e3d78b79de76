import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Account, registerUser } from '../harness/account.ts';
import { contractFaults } from '../harness/contract.ts';
import { fileSchema } from '../harness/schemas.ts';
import { textBytes, untilReady, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

/** Everything of a file's life that can be brought about by asking; `failed` takes a damaged disk. */
const KINDS = ['created', 'ready', 'updated', 'moved', 'deleted', 'restored', 'purged'];
const eventSchema = z.object({ kind: z.string() });

async function live(user: Account): Promise<void> {
  const path = 'life/a.txt';
  const file = await uploadFile(user, { path, bytes: textBytes(5000) });
  await untilReady(user, file);
  await uploadFile(user, { path, bytes: textBytes(5000, 2) });
  await user.post(`/files/${file.id}/move`, fileSchema, { path: 'life/b.txt' });
  await user.send('DELETE', `/files/${file.id}`);
  await user.post(`/trash/${file.id}/restore`, fileSchema, {});
  await user.send('DELETE', `/files/${file.id}`);
  await user.send('DELETE', `/trash/${file.id}`);
}

const kindsOf = (text: string): string[] =>
  [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data = '']) => eventSchema.parse(JSON.parse(data)).kind);

test('each message of a stream is an event as the document describes it, whatever happens to a file', async () => {
  const user = await registerUser(server);
  const url = `${server}/events?lastEventId=0`;
  const headers = { authorization: `Bearer ${user.auth.accessToken}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const living = live(user);
  let text = '';
  while (!KINDS.every((kind) => kindsOf(text).includes(kind))) {
    const { done = true, value = '' } = (await reader?.read()) ?? {};
    if (done) throw new Error(`the stream ended after:\n${text}`);
    text += value;
  }
  await living;
  await reader?.cancel();
  const exchange = { method: 'GET', url, status: response.status, headers: response.headers };
  expect(contractFaults({ ...exchange, body: Buffer.from(text) })).toEqual([]);
});
