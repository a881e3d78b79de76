import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOddClient, step } from '../support/odd-client.ts';
import { startTestApi } from '../support/test-api.ts';

const UNIT_BYTES = 256 * 1024;

const plan = fc.record({
  sizeBytes: fc.oneof(fc.nat(6 * UNIT_BYTES), fc.constantFrom(0, 1, UNIT_BYTES, 4 * UNIT_BYTES)),
  steps: fc.array(step, { maxLength: 10 }),
});

// Thirty uploads of several requests each.
const TEST_MS = 120_000;

test('whatever the chunks, cuts, questions, mistakes and writers: the bytes come out as they were', {
  timeout: TEST_MS,
}, async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const origins = [api.url, await api.startAnother()];
  let files = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ sizeBytes, steps }) => {
      files += 1;
      const [path, content] = [`file-${files}`, randomBytes(sizeBytes)];
      const { id, url } = (await api.request('POST', '/uploads', { token, json: { path, sizeBytes } })).body
        .upload;
      const newAddress = async () => (await api.request('GET', `/uploads/${id}`, { token })).body.upload.url;
      const client = createOddClient({ content, origins, url, newAddress });
      for (const one of steps) if (!client.isFinished()) await client.do(one);
      // Finished as a patient client does.
      for (let turn = 0; !client.isFinished(); turn += 1) {
        await client.ask(turn % 2);
        if (!client.isFinished()) await client.send(turn % 2, 3);
      }
      const sha256 = createHash('sha256').update(content).digest('hex');
      const completed = await api.request('POST', `/uploads/${id}/complete`, { token, json: { sha256 } });
      const { file } = completed.body;
      expect([completed.status, file]).toMatchObject([200, { sha256, sizeBytes }]);
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${origins[1]}/files/${file.id}/content`, { headers });
      expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
