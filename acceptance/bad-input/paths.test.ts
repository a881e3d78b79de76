/** Each bad path by every door that takes one. */
import { describe, expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { expectError, issueFields } from '../harness/http.ts';
import { pageSchema } from '../harness/schemas.ts';
import { sha256Of, textBytes, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

const BAD_PATHS: readonly (readonly [string, string])[] = [
  ['one with ".."', '../up.txt'],
  ['one with ".." in its middle', 'a/../b.txt'],
  ['one with "."', './here.txt'],
  ['an absolute one', '/etc/passwd'],
  ['one with \\0', 'nul\0.txt'],
  ['one with a line break', 'two\nlines.txt'],
  ['one with a name of 300 bytes', `folder/${'x'.repeat(300)}`],
  ['one with a name of 300 bytes in few characters', 'ä'.repeat(150)],
  ['one of more than 1,024 bytes', 'abcdefghi/'.repeat(110) + 'x'],
  ['an empty one', ''],
  ['one with an empty part', 'a//b.txt'],
  ['one that ends with a slash', 'folder/'],
  ['one in NFD', 'u\u0308.txt'],
  ['one that is no Unicode', 'half \ud83d of a pair'],
];

describe.each(BAD_PATHS)('a path: %s', (_what, path) => {
  test('is refused by POST /uploads, which names the field', async () => {
    const user = await registerUser(server);
    const answer = await user.send('POST', '/uploads', { json: { path, sizeBytes: 1 } });
    const error = expectError(answer, 400, 'invalid_input');
    expect(issueFields(error)).toEqual(['path']);
    expect(error.message).toMatch(/^path: path /);
  });

  test('is refused by a move and by a restore, and the file stays where it is', async () => {
    const user = await registerUser(server);
    const moving = await uploadFile(user, { path: 'here.txt', bytes: textBytes(10) });
    const trashed = await uploadFile(user, { path: 'deleted.txt', bytes: textBytes(10, 2) });
    await user.send('DELETE', `/files/${trashed.id}`);
    for (const address of [`/files/${moving.id}/move`, `/trash/${trashed.id}/restore`]) {
      const error = expectError(await user.send('POST', address, { json: { path } }), 400, 'invalid_input');
      expect(issueFields(error)).toEqual(['path']);
    }
    expect((await user.get('/files', pageSchema)).items.map((file) => file.path)).toEqual(['here.txt']);
  });

  test('is refused by POST /upload_files, and nothing is kept', async () => {
    const user = await registerUser(server);
    const boundary = 'boundary';
    // By hand: FormData would not send such names. A quote and line breaks are escaped as browsers do it.
    const name = path.replaceAll('\n', '%0A');
    const body = [
      `--${boundary}`,
      `Content-Disposition: form-data; name="file"; filename="${name}"`,
      '',
      'content',
      `--${boundary}--`,
      '',
    ].join('\r\n');
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const answer = await user.send('POST', '/upload_files', { headers, body });
    const kept = (await user.get('/files', pageSchema)).items.map((file) => file.path);

    // What the multipart form can not say is another name there, and as such no bad one.
    const arrivesOtherwise = path !== name || !path.isWellFormed();
    if (arrivesOtherwise) expect(kept).not.toContain(path);
    else {
      expectError(answer, 400, 'invalid_input');
      expect(kept).toEqual([]);
    }
  });
});

test('names at the limits are taken', async () => {
  const user = await registerUser(server);
  const paths = ['x'.repeat(255), `${'abcdefghi/'.repeat(102)}abcd`, '..a', 'a..', ' ', '~', 'con', 'a:b*c?'];
  for (const [seed, path] of paths.entries()) {
    const bytes = textBytes(20, seed);
    await expect(uploadFile(user, { path, bytes })).resolves.toMatchObject({
      path,
      sha256: sha256Of(bytes),
    });
  }
  expect((await user.get('/files', pageSchema)).items).toHaveLength(paths.length);
});
