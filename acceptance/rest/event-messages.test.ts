import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { registerUser } from '../harness/account.ts';
import { contractFaults } from '../harness/contract.ts';
import { liveThrough } from '../harness/file-life.ts';

const server = inject('server');

const eventSchema = z.object({ kind: z.string() });

const kindsOf = (text: string): string[] =>
  [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data = '']) => eventSchema.parse(JSON.parse(data)).kind);

test('each message of a stream is an event as the document describes it, whatever happens to a file', async () => {
  const user = await registerUser(server);
  const url = `${server}/events?lastEventId=0`;
  const headers = { authorization: `Bearer ${user.auth.accessToken}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const reading = (async () => {
    for (;;) {
      const { done = true, value = '' } = (await reader?.read()) ?? {};
      if (done) return;
      text += value;
    }
  })();
  await liveThrough(user, () => kindsOf(text));
  await reader?.cancel();
  await reading;
  const exchange = { method: 'GET', url, status: response.status, headers: response.headers };
  expect(contractFaults({ ...exchange, body: Buffer.from(text) })).toEqual([]);
});
