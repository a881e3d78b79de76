import { MAX_PATH_BYTES } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

interface World {
  readonly api: TestApi;
  readonly token: string;
}

async function put({ api, token }: World, paths: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const path of paths) ids.set(path, (await api.upload(token, path, `content of ${path}`)).body.file.id);
  return ids;
}

const move = ({ api, token }: World, id: string | undefined, path: string) =>
  api.request('POST', `/files/${id}/move`, { token, json: { path } });
const moveFolder = ({ api, token }: World, from: string, to: string) =>
  api.request('POST', '/folders/move', { token, json: { from, to } });

/** Where each file is now, and what is in it. */
async function contents({ api, token }: World): Promise<Record<string, string>> {
  const { body } = await api.request('GET', '/files', { token });
  const found: Record<string, string> = {};
  for (const { id, path } of body.items) {
    found[path] = (await api.request('GET', `/files/${id}/content`, { token })).text;
  }
  return found;
}

test('C11: a moved file keeps its id, its versions and its bytes, and is one change', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  await api.upload(token, 'a.txt', 'one');
  const { file } = (await api.upload(token, 'a.txt', 'two')).body;
  const objects = await api.sql('SELECT object_key FROM blobs ORDER BY 1', []);

  const moved = await move({ api, token }, file.id, 'deep/er/b.txt');
  const { updatedAt: _, ...rest } = file;
  expect(JSON.parse(moved.text)).toMatchObject({ ...rest, path: 'deep/er/b.txt' });
  expect((await api.request('GET', `/files/${file.id}/versions/1/content`, { token })).text).toBe('one');
  expect(await api.sql('SELECT object_key FROM blobs ORDER BY 1', [])).toEqual(objects);
  const again = await move({ api, token }, file.id, 'deep/er/b.txt');
  expect(again.status).toBe(200);
  const changes = await api.sql('SELECT kind FROM changes WHERE user_id = $1 ORDER BY seq', [userId]);
  expect(changes.map(({ kind }) => kind)).toEqual(['created', 'updated', 'moved']);
  // The path it left is free.
  expect((await api.upload(token, 'a.txt', 'three')).body.file.id).not.toBe(file.id);
});

test('C4: a rename of case only is a move, of a file and of a folder', async () => {
  await using api = await startTestApi();
  const world = { api, token: (await api.register()).token };
  const ids = await put(world, ['Photos/Beach.JPG']);
  expect((await move(world, ids.get('Photos/Beach.JPG'), 'Photos/beach.jpg')).status).toBe(200);
  expect((await moveFolder(world, 'Photos', 'photos')).text).toBe('{"files":1}');
  expect(await contents(world)).toEqual({ 'photos/beach.jpg': 'content of Photos/Beach.JPG' });
});

test('a move onto a taken path is refused, names it, and changes nothing', async () => {
  await using api = await startTestApi();
  const world = { api, token: (await api.register()).token };
  const ids = await put(world, ['a.txt', 'b.txt', 'from/x', 'from/sub/y', 'to/sub/y']);
  const before = await contents(world);

  const file = await move(world, ids.get('a.txt'), 'b.txt');
  expect([file.status, JSON.parse(file.text)]).toMatchObject([
    409,
    { code: 'path_taken', suggestedPath: 'b (2).txt' },
  ]);
  const folder = await moveFolder(world, 'from', 'to');
  expect([folder.status, folder.body.code]).toEqual([409, 'path_taken']);
  expect(folder.body.message).toContain('"to/sub/y"');
  expect(await contents(world)).toEqual(before);
});

test.each([
  ['a', 'b', { 'b/1': 'a/1', 'b/sub/2': 'a/sub/2', ab: 'ab', 'a0/x': 'a0/x' }],
  ['a/', 'deep/er/a/', { 'deep/er/a/1': 'a/1', 'deep/er/a/sub/2': 'a/sub/2', ab: 'ab', 'a0/x': 'a0/x' }],
  // Into one that is there: they are put together.
  ['a', 'a0', { 'a0/1': 'a/1', 'a0/sub/2': 'a/sub/2', 'a0/x': 'a0/x', ab: 'ab' }],
])('the folder %s becomes %s, and nothing else moves', async (from, to, expected) => {
  await using api = await startTestApi();
  const world = { api, token: (await api.register()).token };
  await put(world, ['a/1', 'a/sub/2', 'ab', 'a0/x']);
  expect((await moveFolder(world, from, to)).text).toBe('{"files":2}');
  const content = Object.fromEntries(
    Object.entries(expected).map(([path, was]) => [path, `content of ${was}`]),
  );
  expect(await contents(world)).toEqual(content);
});

test('a folder moves up, though the new path of one file is the old path of another', async () => {
  await using api = await startTestApi();
  const world = { api, token: (await api.register()).token };
  await put(world, ['a/b/x', 'a/b/b/x', 'a/b/b/b/x', 'a/y']);
  expect((await moveFolder(world, 'a/b', 'a')).text).toBe('{"files":3}');
  expect(await contents(world)).toEqual({
    'a/x': 'content of a/b/x',
    'a/b/x': 'content of a/b/b/x',
    'a/b/b/x': 'content of a/b/b/b/x',
    'a/y': 'content of a/y',
  });
});

test('a folder is not moved into itself, nor where its paths would be too long', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const world = { api, token };
  const long = `f/${Array.from({ length: 4 }, () => 'n'.repeat(200)).join('/')}`;
  await put(world, [long]);
  const far = Array.from({ length: 2 }, () => 'd'.repeat(120)).join('/');
  const answers = [
    await moveFolder(world, 'f', 'f/g'),
    await moveFolder(world, 'f', far),
    await moveFolder(world, '', 'g'),
    await moveFolder(world, 'f', ''),
    await moveFolder(world, 'f', '../g'),
    await moveFolder(world, 'none', 'g'),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    ...Array.from({ length: 5 }, () => [400, 'invalid_input']),
    [404, 'folder_not_found'],
  ]);
  expect(answers[1]?.body.message).toContain(String(MAX_PATH_BYTES));
  expect((await moveFolder(world, 'f', 'f/')).text).toBe('{"files":1}');
  expect(Object.keys(await contents(world))).toEqual([long]);
});

test("another user's files of the same folder stay where they are", async () => {
  await using api = await startTestApi();
  const [owner, other] = [await api.register(), await api.register()];
  await put({ api, token: owner.token }, ['a/1']);
  await put({ api, token: other.token }, ['b/1', 'a/2']);
  expect((await moveFolder({ api, token: other.token }, 'a', 'b')).text).toBe('{"files":1}');
  expect(Object.keys(await contents({ api, token: owner.token }))).toEqual(['a/1']);
  expect(Object.keys(await contents({ api, token: other.token }))).toEqual(['b/1', 'b/2']);
});

test('a folder that moves to and fro while files are uploaded to both loses none', async () => {
  await using api = await startTestApi();
  const world = { api, token: (await api.register()).token };
  await put(world, ['a/first']);
  const paths = Array.from({ length: 24 }, (_, index) => `${index % 2 === 0 ? 'a' : 'b'}/${index}`);
  const moves = Array.from({ length: 12 }, (_, index) =>
    index % 2 === 0 ? moveFolder(world, 'a', 'b') : moveFolder(world, 'b', 'a'),
  );
  const uploads = paths.map((path) => api.upload(world.token, path, `content of ${path}`));
  const answers = await Promise.all([...moves, ...uploads]);
  // A folder may have been empty just then.
  expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 404)).toEqual(
    [],
  );
  const found = Object.values(await contents(world));
  const expected = ['a/first', ...paths].map((path) => `content of ${path}`);
  expect(found.toSorted()).toEqual(expected.toSorted());
});
