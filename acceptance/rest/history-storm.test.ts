/** Many who upload, delete, restore, move and purge the same few files at once, while the sweep runs. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import {
  fileSchema,
  openedSchema,
  pageSchema,
  trashSchema,
  usageSchema,
  versionsSchema,
} from '../harness/schemas.ts';
import { put, sha256Of, textBytes } from '../harness/uploads.ts';

const server = inject('server');

const CLIENTS = 6;
const STEPS = 40;
const CONTENTS = Array.from({ length: 12 }, (_, index) => textBytes(2000 + index * 37, index));
const PATHS = ['a', 'b', 'x/a', 'x/b', 'x/y/a', 'z/a', 'z/b'];

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

async function upload(user: Account, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const json = { path, sizeBytes: bytes.length, sha256: sha256Of(bytes) };
  const created = await user.send('POST', '/uploads', { json });
  const opened = openedSchema.safeParse(JSON.parse(created.body.toString()));
  if (!opened.success) return created.status;
  await put(opened.data.upload, bytes);
  return (await user.send('POST', `/uploads/${opened.data.upload.id}/complete`, { json: {} })).status;
}

const status = async (answer: Promise<{ status: number }>) => (await answer).status;

/** One step of a client; gives the status it was answered with. */
async function step(user: Account, random: (below: number) => number): Promise<number> {
  const pick = <T>(items: readonly T[]): T | undefined => items[random(Math.max(1, items.length))];
  const path = pick(PATHS) ?? 'a';
  const what = random(10);
  if (what < 4) return upload(user, path, pick(CONTENTS) ?? textBytes(1));
  const { items } = await user.get('/files', pageSchema);
  const { items: trash } = await user.get('/trash', trashSchema);
  // Where there is none, one that there never was.
  const [id, deleted] = [pick(items)?.id ?? randomUUID(), pick(trash)?.id ?? randomUUID()];
  const post = (address: string, json: unknown) => status(user.send('POST', address, { json }));
  switch (what) {
    case 4:
      return status(user.send('DELETE', `/files/${id}`));
    case 5:
      return post(`/trash/${deleted}/restore`, { path });
    case 6:
      return post(`/files/${id}/move`, { path });
    case 7:
      return post(`/files/${id}/restore`, { version: 1 + random(3) });
    case 8:
      return random(3) === 0
        ? status(user.send('DELETE', `/trash/${deleted}`))
        : status(user.send('DELETE', '/folders?path=x'));
    default:
      return post(
        '/folders/move',
        pick([
          { from: 'x/y', to: 'x' },
          { from: 'x', to: 'z' },
          { from: 'z', to: 'x/y' },
        ]),
      );
  }
}

/** Takes everything out of the trash, so that all that is kept can be listed. */
async function restoreAll(user: Account): Promise<void> {
  for (const { id } of (await user.get('/trash', trashSchema)).items) {
    await user.post(`/trash/${id}/restore`, fileSchema, { path: `restored/${id}` });
  }
}

test('nothing is lost, torn or counted wrongly', { timeout: 120_000 }, async () => {
  const user = await registerUser(server);
  const seed = Date.now() % 1_000_000;
  const clients = Array.from({ length: CLIENTS }, async (_, index) => {
    const random = randomOf(seed + index);
    const statuses: number[] = [];
    for (let done = 0; done < STEPS; done += 1) statuses.push(await step(user, random));
    return statuses;
  });
  const statuses = new Set((await Promise.all(clients)).flat());
  const expected = [200, 404, 409];
  expect(
    [...statuses].filter((one) => !expected.includes(one)),
    `seed ${seed}`,
  ).toEqual([]);

  await restoreAll(user);
  const { items } = await user.get('/files', pageSchema);
  expect(new Set(items.map(({ path }) => path)).size).toBe(items.length);
  const contents = new Map<string, number>();
  for (const { id } of items) {
    const versions = (await user.get(`/files/${id}/versions?limit=1000`, versionsSchema)).items;
    expect(versions.map(({ number }) => number)).toEqual(versions.map((_, index) => versions.length - index));
    for (const { number, sha256, sizeBytes } of versions) {
      const { body } = await user.send('GET', `/files/${id}/versions/${number}/content`);
      expect(sha256Of(body), `seed ${seed}`).toBe(sha256);
      contents.set(sha256, sizeBytes);
    }
  }
  const bytes = [...contents.values()].reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  // Content that nothing points at any more goes with the sweep, and then the account uses what it holds.
  await until(`the account to use ${bytes} bytes (seed ${seed})`, async () => {
    const { quota } = await user.get('/usage', usageSchema);
    return quota.usedBytes === bytes ? quota : null;
  });
});
