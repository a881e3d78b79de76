import { expect, test } from 'vitest';
import { z } from 'zod';
import { BUNDLE_HEADERS, bundleBody } from '../support/bundle-body.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const pageSchema = z.object({
  items: z.array(z.object({ id: z.string(), path: z.string().optional() })),
  nextCursor: z.string().nullable(),
});

/** Goes through a list in small pages, with something happening between them. */
async function readPages(
  { api, token, url }: { readonly api: TestApi; readonly token: string; readonly url: string },
  between: (page: number) => Promise<unknown>,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { items, nextCursor } = pageSchema.parse(
      (await api.request('GET', `${url}?limit=3${query}`, { token })).body,
    );
    ids.push(...items.map(({ id }) => id));
    cursor = nextCursor;
    if (cursor !== null) await between(page);
  }
  return ids;
}

async function uploadMany(api: TestApi, token: string, paths: readonly string[]): Promise<string[]> {
  const body = bundleBody(paths.map((path) => ({ path, content: path })));
  const answer = await api.request('POST', '/bundles', { token, body, headers: BUNDLE_HEADERS });
  return answer.body.results.map(({ file }) => file?.id ?? '');
}

const names = (prefix: string) => Array.from({ length: 10 }, (_, index) => `${prefix}${index}`);

/** Each of `stays` once and in its order, whatever else was or was not seen. */
function expectAllOnce(seen: readonly string[], stays: readonly string[]): void {
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => stays.includes(id))).toEqual(stays);
}

test('pages of files stay right while files come before, at and behind the cursor, and go', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const stays = await uploadMany(api, token, names('s'));
  const goes = await uploadMany(
    api,
    token,
    names('s').map((name) => `${name}-goes`),
  );
  const seen = await readPages({ api, token, url: '/files' }, async (page) => {
    await uploadMany(api, token, [`a${page}`, `s${page}-new`, `s${9 - page}-new`, `z${page}`]);
    // The very file that the cursor was made of is among them.
    for (const id of goes.slice(page * 2, page * 2 + 2))
      await api.request('DELETE', `/files/${id}`, { token });
  });
  expectAllOnce(seen, stays);
});

test('pages of the trash stay right while files are deleted and restored', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const all = await uploadMany(api, token, [...names('a'), ...names('b'), ...names('c')]);
  const remove = (id: string | undefined) => api.request('DELETE', `/files/${id}`, { token });
  for (const id of all.slice(0, 20)) await remove(id);
  const stays = all.slice(0, 10).toReversed();
  const seen = await readPages({ api, token, url: '/trash' }, async (page) => {
    await remove(all[20 + page]);
    await api.request('POST', `/trash/${all[19 - page]}/restore`, { token });
  });
  expectAllOnce(seen, stays);
});

test('pages of share links stay right while links are made and revoked', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await api.upload(token, 'docs/a.txt', 'a');
  const madeSchema = z.object({ share: z.object({ id: z.string() }) });
  const make = async () =>
    madeSchema.parse((await api.request('POST', '/shares', { token, json: { folder: 'docs' } })).body).share
      .id;
  const made: string[] = [];
  for (let index = 0; index < 16; index += 1) made.push(await make());
  const goes = made.filter((_, index) => index % 2 === 0);
  const seen = await readPages({ api, token, url: '/shares' }, async (page) => {
    await make();
    await api.request('DELETE', `/shares/${goes[7 - page]}`, { token });
  });
  expectAllOnce(seen, made.filter((_, index) => index % 2 === 1).toReversed());
});
