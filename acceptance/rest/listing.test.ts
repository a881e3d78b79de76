import { describe, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { expectError, expectJson } from '../harness/http.ts';
import { deletedSchema, fileSchema, pageSchema, type StoredFile, usageSchema } from '../harness/schemas.ts';
import { postFiles, textBytes, untilReady, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

/** Files of a few bytes each, all in one request. */
async function putFiles(user: Account, paths: readonly string[]): Promise<StoredFile[]> {
  const form = new FormData();
  for (const path of paths) form.append('file', new Blob([`this is ${path}`]), path);
  return postFiles(user, form);
}

async function listPaths(user: Account, query: Record<string, string> = {}): Promise<string[]> {
  const { items } = await user.get(`/files?${new URLSearchParams(query).toString()}`, pageSchema);
  return items.map(({ path }) => path);
}

/** Page after page, each asked for when the one before has been dealt with. */
async function* pages(user: Account, limit: number): AsyncGenerator<StoredFile[]> {
  const query = new URLSearchParams({ limit: String(limit) });
  for (;;) {
    const { items, nextCursor } = await user.get(`/files?${query.toString()}`, pageSchema);
    yield items;
    if (nextCursor === null) return;
    query.set('cursor', nextCursor);
  }
}

describe('a listing', () => {
  test('comes in the order of the paths, in pages of the size asked for', async () => {
    const user = await registerUser(server);
    const paths = ['a/1', 'a/10', 'a/2', 'a.txt', 'b', 'é', 'Z', 'ä/ö', 'z'];
    await putFiles(user, paths);

    const sizes: number[] = [];
    const seen: string[] = [];
    for await (const items of pages(user, 4)) {
      sizes.push(items.length);
      seen.push(...items.map(({ path }) => path));
    }
    expect(seen).toEqual(paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(sizes).toEqual([4, 4, 1]);
  });

  test('neither skips nor repeats a file that stays, while others come and go', async () => {
    const user = await registerUser(server);
    const staying = Array.from({ length: 30 }, (_, index) => `stay/${String(index).padStart(2, '0')}`);
    const going = staying.map((path) => `${path}-goes`);
    await putFiles(user, staying);
    const gone = await putFiles(user, going);

    const seen: string[] = [];
    let page = 0;
    for await (const items of pages(user, 7)) {
      seen.push(...items.map(({ path }) => path));
      // Between two pages some go, the one the cursor stands at among them, and some come on both sides.
      const atCursor = items.at(-1)?.path;
      const leaving = gone.filter(({ path }) => path === atCursor || path.endsWith('5-goes'));
      for (const { id } of leaving) await user.send('DELETE', `/files/${id}`);
      await putFiles(user, [`stay/00-new-${page}`, `stay/99-new-${page}`]);
      page += 1;
    }
    expect(page, 'pages were read').toBeGreaterThan(4);
    expect(new Set(seen).size, 'each path at most once').toBe(seen.length);
    expect(seen.filter((path) => staying.includes(path))).toEqual(staying);
    expect(seen).toEqual(seen.toSorted());
  });

  test('by a prefix holds what starts with it, character for character', async () => {
    const user = await registerUser(server);
    await putFiles(user, [
      'photos/1.jpg',
      'photos/2.jpg',
      'photos2/3.jpg',
      'Photos/4.jpg',
      '100%_a',
      '100xya',
    ]);

    await expect(listPaths(user, { prefix: 'photos/' })).resolves.toEqual(['photos/1.jpg', 'photos/2.jpg']);
    await expect(listPaths(user, { prefix: 'photos' })).resolves.toHaveLength(3);
    await expect(listPaths(user, { prefix: 'nothing' })).resolves.toEqual([]);
    // These would stand for anything in an SQL pattern.
    await expect(listPaths(user, { prefix: '100%_' })).resolves.toEqual(['100%_a']);
  });

  test.each([
    ['a limit of 0', 'limit=0', 'limit'],
    ['a limit that is no number', 'limit=many', 'limit'],
    ['a limit above 1000', 'limit=1001', 'limit'],
    ['a cursor that is none', 'cursor=nonsense', 'cursor'],
    ['a prefix with a control character', 'prefix=%00', 'prefix'],
  ])('refuses %s and names the field', async (_what, query, field) => {
    const user = await registerUser(server);
    const error = expectError(await user.send('GET', `/files?${query}`), 400, 'invalid_input');
    expect(error.issues?.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});

describe('a file', () => {
  test('is got by its id and by its path', async () => {
    const user = await registerUser(server);
    const [file] = await putFiles(user, ['töne/ü & co?.txt']);
    expect(file).toBeDefined();
    await user.get(`/files/${file?.id}`, fileSchema);
    const byPath = await user.get(`/file_by_path?path=${encodeURIComponent(file?.path ?? '')}`, fileSchema);
    expect(byPath.id).toBe(file?.id);
  });

  test('is deleted: gone from everywhere, its path is free for a new file', async () => {
    const user = await registerUser(server);
    const file = await uploadFile(user, { path: 'gone.txt', bytes: textBytes(100) });
    const deleted = expectJson(await user.send('DELETE', `/files/${file.id}`), deletedSchema);

    expect(deleted.id).toBe(file.id);
    await expect(listPaths(user)).resolves.toEqual([]);
    expectError(await user.send('GET', `/files/${file.id}`), 404, 'file_not_found');
    expectError(await user.send('GET', `/files/${file.id}/content`), 404, 'file_not_found');
    expectError(await user.send('GET', '/file_by_path?path=gone.txt'), 404, 'file_not_found');
    expectError(await user.send('DELETE', `/files/${file.id}`), 404, 'file_not_found');

    const again = await uploadFile(user, { path: 'gone.txt', bytes: textBytes(200, 2) });
    expect(again.version).toBe(1);
    expect(again.id).not.toBe(file.id);
  });
});

test('usage sums up what the account holds; equal content counts once in the store', async () => {
  const user = await registerUser(server);
  const bytes = textBytes(100_000);
  const first = await uploadFile(user, { path: 'one.txt', bytes });
  const { storedBytes } = await untilReady(user, first);
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'two.txt');
  await postFiles(user, form);

  await expect(user.get('/usage', usageSchema)).resolves.toEqual({
    files: 2,
    sizeBytes: 200_000,
    storedBytes,
    trash: { files: 0, sizeBytes: 0 },
    quota: { usedBytes: 100_000, limitBytes: null },
    byStatus: {
      stored: { files: 0, sizeBytes: 0 },
      ready: { files: 2, sizeBytes: 200_000 },
      failed: { files: 0, sizeBytes: 0 },
    },
    compressing: [],
  });
});
