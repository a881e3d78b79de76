/** An unknown id and another user's id answer alike, by every door that takes an id. */
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { type Answer, expectError } from '../harness/http.ts';
import { fileSchema, pageSchema, trashSchema } from '../harness/schemas.ts';
import { openUpload, textBytes, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

interface Door {
  readonly method: string;
  readonly path: (id: string) => string;
  readonly code: 'file_not_found' | 'trashed_not_found' | 'upload_not_found';
  readonly json?: unknown;
}

const trpcQuery = (name: string) => (id: string) =>
  `/trpc/${name}?input=${encodeURIComponent(JSON.stringify({ id }))}`;

const DOORS: readonly Door[] = [
  { method: 'GET', path: (id) => `/files/${id}`, code: 'file_not_found' },
  { method: 'DELETE', path: (id) => `/files/${id}`, code: 'file_not_found' },
  { method: 'GET', path: (id) => `/files/${id}/content`, code: 'file_not_found' },
  { method: 'GET', path: (id) => `/files/${id}/versions`, code: 'file_not_found' },
  { method: 'GET', path: (id) => `/files/${id}/versions/1/content`, code: 'file_not_found' },
  { method: 'POST', path: (id) => `/files/${id}/move`, code: 'file_not_found', json: { path: 'mine' } },
  { method: 'POST', path: (id) => `/files/${id}/restore`, code: 'file_not_found', json: { version: 1 } },
  { method: 'POST', path: (id) => `/trash/${id}/restore`, code: 'trashed_not_found', json: {} },
  { method: 'DELETE', path: (id) => `/trash/${id}`, code: 'trashed_not_found' },
  { method: 'GET', path: (id) => `/uploads/${id}`, code: 'upload_not_found' },
  { method: 'DELETE', path: (id) => `/uploads/${id}`, code: 'upload_not_found' },
  { method: 'POST', path: (id) => `/uploads/${id}/complete`, code: 'upload_not_found', json: {} },
];

async function ownersIds(owner: Account): Promise<Record<Door['code'], string>> {
  const file = await uploadFile(owner, { path: 'private.txt', bytes: textBytes(100) });
  const upload = await openUpload(owner, { path: 'open.txt', bytes: textBytes(200, 2) });
  const trashed = await uploadFile(owner, { path: 'deleted.txt', bytes: textBytes(300, 3) });
  await owner.send('DELETE', `/files/${trashed.id}`);
  return { file_not_found: file.id, upload_not_found: upload.id, trashed_not_found: trashed.id };
}

const request = (user: Account, { method, path, json }: Door, id: string): Promise<Answer> =>
  user.send(method, path(id), json === undefined ? {} : { json });

test.each(DOORS.map((door) => [`${door.method} ${door.path(':id')}`, door] as const))(
  '%s: another user’s id answers as an unknown one, to the byte',
  async (_name, door) => {
    const [owner, other] = [await registerUser(server), await registerUser(server)];
    const ids = await ownersIds(owner);
    const foreign = await request(other, door, ids[door.code]);
    const unknown = await request(other, door, randomUUID());

    const code = door.code === 'upload_not_found' ? door.code : 'file_not_found';
    expectError(unknown, 404, code);
    expectError(foreign, 404, code);
    expect(foreign.body.toString()).toBe(unknown.body.toString());
    expect([...foreign.headers.keys()]).toEqual([...unknown.headers.keys()]);
    // And it did nothing to the owner's.
    await owner.get(`/files/${ids.file_not_found}`, fileSchema);
    const trash = await owner.get('/trash', trashSchema);
    expect(trash.items.map(({ id }) => id)).toEqual([ids.trashed_not_found]);
  },
);

test.each(['files.get', 'uploads.get'])('%s over tRPC: the same', async (name) => {
  const [owner, other] = [await registerUser(server), await registerUser(server)];
  const ids = await ownersIds(owner);
  const id = name.startsWith('files') ? ids.file_not_found : ids.upload_not_found;
  const foreign = await other.send('GET', trpcQuery(name)(id));
  const unknown = await other.send('GET', trpcQuery(name)(randomUUID()));
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect(foreign.body.toString()).toBe(unknown.body.toString());
});

describe('an id that is none', () => {
  test.each(DOORS.map((door) => [`${door.method} ${door.path(':id')}`, door] as const))(
    '%s names the field',
    async (_name, door) => {
      const user = await registerUser(server);
      for (const id of ['7', 'not-a-uuid', `${randomUUID()}x`, "' OR 1=1 --"]) {
        const error = expectError(await request(user, door, encodeURIComponent(id)), 400, 'invalid_input');
        expect(error.issues?.[0]?.path).toEqual(['id']);
      }
    },
  );
});

test('HEAD of another user’s file says 404 and nothing else', async () => {
  const [owner, other] = [await registerUser(server), await registerUser(server)];
  const { file_not_found: id } = await ownersIds(owner);
  const answer = await other.send('HEAD', `/files/${id}/content`);
  expect([answer.status, answer.body.length]).toEqual([404, 0]);
});

test('listings and paths hold one’s own files only', async () => {
  const [owner, other] = [await registerUser(server), await registerUser(server)];
  await ownersIds(owner);
  expect((await other.get('/files', pageSchema)).items).toEqual([]);
  expect((await other.get('/trash', trashSchema)).items).toEqual([]);
  expectError(await other.send('DELETE', '/folders?path=private.txt'), 404, 'folder_not_found');
  expectError(await other.send('GET', '/file_by_path?path=private.txt'), 404, 'file_not_found');
});

test('without a log-in every one of them says only that', async () => {
  for (const { method, path } of DOORS) {
    const answer = await fetch(`${server}${path(randomUUID())}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    expectError(
      { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) },
      401,
      'unauthenticated',
    );
  }
});
