/**
 * The stories of the engine's tests in memory, on a real folder, with a real `instashare watch` and a real server: in the
 * end the server has what the folder has, and no version that the folder never had as a whole.
 *
 *   STORY_RUNS=50 npx vitest run --project integration packages/sync/test/integration/stories.test.ts
 *   STORY_SEED=7 …                                   # the same random scripts again
 */
import { createInstashareClient, type InstashareClient } from '@instashare/client/node';
import { startTestApi, type TestApi } from '@instashare/client/testing';
import { afterAll, beforeAll, test } from 'vitest';
import { createFileAuthStore } from '../../src/cli/file-auth-store.ts';
import { createRealPlay } from '../support/real-play.ts';
import { randomStories, STORIES } from '../support/stories.ts';

const MORE = process.env['STORY_RUNS'];
const SEED = Number(
  process.env['STORY_SEED'] ?? (MORE === undefined ? 1 : Math.floor(Math.random() * 2 ** 31)),
);
/** The waits of a story, and those of its end. */
const STORY_MS = 90_000;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

let people = 0;

async function logIn(configFolder: string): Promise<InstashareClient> {
  const auth = createFileAuthStore({ configFolder, server: api.url, newDevice: 'test' });
  const client = createInstashareClient({ url: api.url, auth });
  await client.register({ email: `p${(people += 1)}@example.org`, password: 'correct horse battery' });
  return client;
}

async function storedBy(client: InstashareClient): Promise<Record<string, string>> {
  const { items } = await client.call((trpc) => trpc.files.list.query({}));
  return Object.fromEntries(items.map(({ path, sha256 }) => [path, sha256]));
}

/** The contents of all versions that there are, of files in the trash as well. */
async function versionsOf(client: InstashareClient): Promise<string[]> {
  const { items } = await client.call((trpc) => trpc.files.list.query({}));
  const trashed = await client.call((trpc) => trpc.trash.list.query({}));
  const lists = await Promise.all(
    items.map(({ id }) => client.call((trpc) => trpc.versions.list.query({ id }))),
  );
  return [...trashed.items, ...lists.flatMap(({ items: versions }) => versions)].map(({ sha256 }) => sha256);
}

test.concurrent.for([...STORIES, ...randomStories(Number(MORE ?? 2), SEED)])(
  'on a real folder: $name',
  { timeout: STORY_MS },
  async ({ steps }, { expect }) => {
    await using play = await createRealPlay();
    await using client = await logIn(play.configFolder);
    for (const step of steps) await play.step(step);
    await play.ensureWatched();
    await expect
      .poll(() => storedBy(client), { timeout: 60_000, interval: 250 })
      .toEqual(await play.contents());
    expect(await play.stop()).toEqual({ exitCode: 0, stderr: '' });
    expect((await versionsOf(client)).filter((sha256) => !play.wasWhole(sha256))).toEqual([]);
  },
);
