import { describe, expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { expectError, issueFields } from '../harness/http.ts';
import { pageSchema } from '../harness/schemas.ts';
import { postFiles, sha256Of, textBytes, untilReady } from '../harness/uploads.ts';

const server = inject('server');

describe('POST /upload_files', () => {
  test('takes several files, of 0 bytes too, and answers in their order', async () => {
    const user = await registerUser(server);
    const contents = [
      ['b.txt', textBytes(1000, 1)],
      ['empty', Buffer.alloc(0)],
      ['sub/folder/a.md', textBytes(70_000, 2)],
    ] as const;
    const form = new FormData();
    for (const [path, bytes] of contents) form.append('file', new Blob([bytes]), path);
    const files = await postFiles(user, form);

    expect(files.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }))).toEqual(
      contents.map(([path, bytes]) => ({ path, sizeBytes: bytes.length, sha256: sha256Of(bytes) })),
    );
    for (const file of files) await untilReady(user, file);
  });

  test.each(['before', 'after'] as const)('puts them below `path` when it comes %s them', async (when) => {
    const user = await registerUser(server);
    const form = new FormData();
    if (when === 'before') form.append('path', 'inbox/2026');
    form.append('file', new Blob(['one']), '1.txt');
    form.append('file', new Blob(['two']), '2.txt');
    if (when === 'after') form.append('path', 'inbox/2026/');

    const files = await postFiles(user, form);
    expect(files.map(({ path }) => path)).toEqual(['inbox/2026/1.txt', 'inbox/2026/2.txt']);
  });

  test('keeps names as they are, and their types', async () => {
    const user = await registerUser(server);
    const form = new FormData();
    form.append('file', new Blob(['x'], { type: 'text/x-special' }), 'Ünï çødé 日本.txt');
    form.append('file', new Blob(['y']), 'photo.png');
    const files = await postFiles(user, form);
    expect(files.map(({ path, contentType }) => [path, contentType])).toEqual([
      ['Ünï çødé 日本.txt', 'text/x-special'],
      ['photo.png', 'image/png'],
    ]);
  });

  test('the same name again is a new version', async () => {
    const user = await registerUser(server);
    for (const version of [1, 2]) {
      const form = new FormData();
      form.append('file', new Blob([`version ${version}`]), 'note.txt');
      expect((await postFiles(user, form))[0]?.version).toBe(version);
    }
  });

  test('is all or nothing: one bad name, and none of them is kept', async () => {
    const user = await registerUser(server);
    const form = new FormData();
    form.append('file', new Blob(['fine']), 'fine.txt');
    form.append('file', new Blob(['bad']), '../bad.txt');

    const error = expectError(await user.send('POST', '/upload_files', { body: form }), 400, 'invalid_input');
    expect(error.message).toContain('bad.txt');
    expect(issueFields(error)).toEqual(['file']);
    expect((await user.get('/files', pageSchema)).items).toEqual([]);
  });

  test.each([
    ['a file part of another name', 'attachment', new Blob(['x'])],
    ['a field that is unknown', 'prefix', 'inbox'],
    ['a path that leads out', 'path', '../up'],
  ])('refuses %s and names it', async (_what, name, value) => {
    const user = await registerUser(server);
    const form = new FormData();
    form.append(name, value);
    const answer = await user.send('POST', '/upload_files', { body: form });
    expect(issueFields(expectError(answer, 400, 'invalid_input'))).toEqual([name]);
  });

  test('refuses a body that is no multipart', async () => {
    const user = await registerUser(server);
    const answer = await user.send('POST', '/upload_files', { json: { file: 'x' } });
    expect([400, 415]).toContain(answer.status);
    expectError(answer, answer.status, answer.status === 400 ? 'invalid_input' : 'unsupported_media_type');
  });
});
