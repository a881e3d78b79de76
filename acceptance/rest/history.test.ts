/** What a person can take back: old versions, deleted files and folders, moves. */
import { describe, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { expectError, expectJson } from '../harness/http.ts';
import { until } from '../harness/poll.ts';
import {
  countSchema,
  deletedFolderSchema,
  emptySchema,
  fileSchema,
  openedSchema,
  pageSchema,
  trashSchema,
  usageSchema,
  versionsSchema,
} from '../harness/schemas.ts';
import { KIB, textBytes, untilReady, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

const [oldBytes, newBytes] = [textBytes(300 * KIB, 1), textBytes(200 * KIB, 2)];

async function bytesAt(user: Account, path: string): Promise<Buffer> {
  return (await user.send('GET', path)).body;
}

async function paths(user: Account): Promise<string[]> {
  return (await user.get('/files', pageSchema)).items.map(({ path }) => path);
}

describe('an old version', () => {
  test('is listed, downloaded whole and in part, compressed or not, and made current again', async () => {
    const user = await registerUser(server);
    await untilReady(user, await uploadFile(user, { path: 'a.txt', bytes: oldBytes }));
    const file = await uploadFile(user, { path: 'a.txt', bytes: newBytes });
    expect(file.version).toBe(2);

    const { items } = await user.get(`/files/${file.id}/versions`, versionsSchema);
    expect(items.map(({ number, isCurrent, sizeBytes }) => [number, isCurrent, sizeBytes])).toEqual([
      [2, true, newBytes.length],
      [1, false, oldBytes.length],
    ]);
    const first = `/files/${file.id}/versions/1/content`;
    expect((await bytesAt(user, first)).equals(oldBytes)).toBe(true);
    const part = await user.send('GET', first, { headers: { range: 'bytes=1000-1999' } });
    expect([part.status, part.body.equals(oldBytes.subarray(1000, 2000))]).toEqual([206, true]);
    expect(part.headers.get('etag')).toBe(`"${items[1]?.sha256}"`);

    const restored = await user.post(`/files/${file.id}/restore`, fileSchema, { version: 1 });
    expect([restored.version, restored.sha256]).toEqual([3, items[1]?.sha256]);
    expect((await bytesAt(user, `/files/${file.id}/content`)).equals(oldBytes)).toBe(true);
    expectError(await user.send('GET', `/files/${file.id}/versions/9/content`), 404, 'version_not_found');
  });

  test('is not written over unseen by who says what they have seen (If-Match)', async () => {
    const user = await registerUser(server);
    const file = await uploadFile(user, { path: 'a.txt', bytes: oldBytes });
    await uploadFile(user, { path: 'a.txt', bytes: newBytes });
    const json = { path: 'a.txt', sizeBytes: 10 };
    const open = (tag: string) => user.send('POST', '/uploads', { json, headers: { 'if-match': tag } });
    expectError(await open('"1"'), 412, 'version_mismatch');
    expectError(await open(`"${file.sha256}"`), 412, 'version_mismatch');
    expectJson(await open('"2"'), openedSchema);
  });
});

describe('the trash', () => {
  test('gives a file back, at another path when its own is taken', async () => {
    const user = await registerUser(server);
    const file = await uploadFile(user, { path: 'notes/a.txt', bytes: oldBytes });
    await user.send('DELETE', `/files/${file.id}`);
    await uploadFile(user, { path: 'notes/a.txt', bytes: newBytes });

    const [item] = (await user.get('/trash', trashSchema)).items;
    expect([item?.id, item?.path]).toEqual([file.id, 'notes/a.txt']);
    const days = (Date.parse(item?.purgedFrom ?? '') - Date.parse(item?.deletedAt ?? '')) / 86_400_000;
    expect(days).toBe(30);

    const restore = (json: unknown) => user.send('POST', `/trash/${file.id}/restore`, { json });
    const { suggestedPath } = expectError(await restore({}), 409, 'path_taken');
    expect(suggestedPath).toBe('notes/a (2).txt');
    const restored = expectJson(await restore({ path: suggestedPath }), fileSchema);
    expect([restored.id, restored.version]).toEqual([file.id, 1]);
    expect((await bytesAt(user, `/files/${file.id}/content`)).equals(oldBytes)).toBe(true);
    expect(await paths(user)).toEqual(['notes/a (2).txt', 'notes/a.txt']);
  });

  test('takes a folder as a whole, and gives its room back when it is emptied', async () => {
    const user = await registerUser(server);
    await uploadFile(user, { path: 'folder/a', bytes: oldBytes });
    const one = await uploadFile(user, { path: 'folder/deep/b', bytes: newBytes });
    await uploadFile(user, { path: 'folder2/c', bytes: textBytes(100, 3) });
    const deleted = expectJson(await user.send('DELETE', '/folders?path=folder'), deletedFolderSchema);
    expect(deleted.files).toBe(2);
    expect(await paths(user)).toEqual(['folder2/c']);
    const { trash, quota } = await user.get('/usage', usageSchema);
    expect([trash.files, quota.usedBytes]).toEqual([2, oldBytes.length + newBytes.length + 100]);

    expectJson(await user.send('DELETE', `/trash/${one.id}`), emptySchema);
    expect(expectJson(await user.send('DELETE', '/trash'), countSchema).files).toBe(1);
    expect((await user.get('/trash', trashSchema)).items).toEqual([]);
    await until('the sweep to give the room back', async () => {
      const usage = await user.get('/usage', usageSchema);
      return usage.quota.usedBytes === 100 ? usage : null;
    });
  });
});

describe('a move', () => {
  test('of a file and of a folder keeps ids, versions and bytes', async () => {
    const user = await registerUser(server);
    await uploadFile(user, { path: 'Photos/a', bytes: oldBytes });
    const file = await uploadFile(user, { path: 'Photos/a', bytes: newBytes });
    const moved = await user.post(`/files/${file.id}/move`, fileSchema, { path: 'Photos/sub/A' });
    expect([moved.id, moved.version, moved.path]).toEqual([file.id, 2, 'Photos/sub/A']);
    const folder = await user.post('/folders/move', countSchema, { from: 'Photos', to: 'photos' });
    expect(folder.files).toBe(1);
    expect(await paths(user)).toEqual(['photos/sub/A']);
    expect((await bytesAt(user, `/files/${file.id}/versions/1/content`)).equals(oldBytes)).toBe(true);
  });

  test('onto what is there is refused and moves nothing', async () => {
    const user = await registerUser(server);
    for (const [index, path] of ['a/1', 'a/2', 'b/2'].entries()) {
      await uploadFile(user, { path, bytes: textBytes(100, index + 1) });
    }
    const answer = await user.send('POST', '/folders/move', { json: { from: 'a', to: 'b' } });
    expect(expectError(answer, 409, 'path_taken').message).toContain('"b/2"');
    expect(await paths(user)).toEqual(['a/1', 'a/2', 'b/2']);
  });
});
