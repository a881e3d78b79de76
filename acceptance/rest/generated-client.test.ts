/**
 * The whole story by a client that was generated from the OpenAPI document: whatever compiles here is what a stranger's
 * editor knows of the api, and whatever is answered is of the types that it was promised.
 */
import createClient from 'openapi-fetch';
import { expect, inject, test } from 'vitest';
import { freshEmail, PASSWORD } from '../harness/account.ts';
import type { components, paths } from '../harness/api-types.ts';
import { until } from '../harness/poll.ts';
import { sha256Of, textBytes } from '../harness/uploads.ts';

const server = inject('server');
type File = components['schemas']['File'];

type Client = ReturnType<typeof createClient<paths>>;

/** What a request answers; an error is thrown as it came, with its code. */
function dataOf<T>({ data, error }: { readonly data?: T; readonly error?: unknown }): T {
  if (data === undefined) throw new Error(`refused: ${JSON.stringify(error)}`);
  return data;
}

async function logIn(): Promise<Client> {
  const client = createClient<paths>({ baseUrl: server });
  const body = { email: freshEmail(), password: PASSWORD };
  const { user } = dataOf(await client.POST('/users/register', { body }));
  const { accessToken } = dataOf(await client.POST('/users/login', { body }));
  client.use({
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${accessToken}`);
      return request;
    },
  });
  expect(dataOf(await client.GET('/users/me'))).toEqual(user);
  return client;
}

/** By a session, as large files go; sent twice with one key, as after an answer that was lost. */
async function uploadBySession(client: Client, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<File> {
  const request = {
    body: { path, sizeBytes: bytes.length },
    params: { header: { 'Idempotency-Key': `upload-of-${path}` } },
  };
  const opened = dataOf(await client.POST('/uploads', request));
  expect(dataOf(await client.POST('/uploads', request))).toEqual(opened);
  if (!('upload' in opened)) throw new Error('nobody has this content yet');
  const { upload } = opened;
  const url = new URL(upload.url);
  const put = await client.PUT('/storage/uploads/{uploadId}', {
    params: {
      path: { uploadId: upload.id },
      query: {
        expires: url.searchParams.get('expires') ?? '',
        signature: url.searchParams.get('signature') ?? '',
      },
    },
    // The type of bytes is text in OpenAPI; they are sent as they are.
    body: '',
    bodySerializer: () => bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(dataOf(put)).toEqual({ sizeBytes: bytes.length });
  const sha256 = sha256Of(bytes);
  const params = { path: { id: upload.id } };
  return dataOf(await client.POST('/uploads/{id}/complete', { params, body: { sha256 } })).file;
}

/** In one request, as small ones go. */
async function uploadForm(client: Client, names: readonly string[]): Promise<File[]> {
  const form = new FormData();
  form.append('path', 'docs');
  for (const name of names) form.append('file', new Blob([`content of ${name}`]), name);
  const body = { file: [...names] };
  return dataOf(await client.POST('/upload_files', { body, bodySerializer: () => form })).files;
}

async function listAll(client: Client): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    const page = dataOf(await client.GET('/files', { params: { query } }));
    expect(page.items.length).toBeLessThanOrEqual(2);
    found.push(...page.items.map(({ path }) => path));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

test('register, log in, upload, wait, list with pages, download a range, share, delete, restore', async () => {
  const client = await logIn();
  const bytes = textBytes(200_000);
  const { id } = await uploadBySession(client, 'docs/long.txt', bytes);
  const names = ['a.txt', 'b.txt', 'c.txt'];
  const [first] = await uploadForm(client, names);
  // Sent again it is the same content at the same path.
  expect((await uploadForm(client, names)).map(({ version }) => version)).toEqual([1, 1, 1]);

  const byId = { params: { path: { id } } };
  const ready = await until('the file to be ready', async () => {
    const { data, response } = await client.GET('/files/{id}', byId);
    return data?.status === 'ready' ? { file: data, etag: response.headers.get('etag') ?? '' } : null;
  });
  expect([ready.file.encoding, ready.etag]).toEqual(['zstd', '"1"']);
  const listed = [...names, 'long.txt'].map((name) => `docs/${name}`);
  expect(await listAll(client)).toEqual(listed);

  const part = await client.GET('/files/{id}/content', {
    params: { path: { id }, header: { Range: 'bytes=1000-1999' } },
    parseAs: 'arrayBuffer',
  });
  expect(part.response.status).toBe(206);
  expect(Buffer.from(dataOf(part)).equals(bytes.subarray(1000, 2000))).toBe(true);

  const share = dataOf(await client.POST('/shares', { body: { fileId: id, maxDownloads: 1 } }));
  const token = share.url.slice(share.url.lastIndexOf('/') + 1);
  const download = () => client.GET('/s/{token}/content', { params: { path: { token } }, parseAs: 'text' });
  expect(dataOf(await download())).toBe(Buffer.from(bytes).toString());
  expect((await download()).response.status).toBe(404);

  const stale = { path: { id: first?.id ?? '' }, header: { 'If-Match': '"7"' } };
  const refused = await client.DELETE('/files/{id}', { params: stale });
  expect([refused.response.status, refused.error?.code]).toEqual([412, 'version_mismatch']);
  const params = { path: { id }, header: { 'If-Match': ready.etag } };
  expect(dataOf(await client.DELETE('/files/{id}', { params })).id).toBe(id);
  expect(await listAll(client)).toEqual(listed.slice(0, 3));
  const trash = dataOf(await client.GET('/trash'));
  expect(trash.items.map(({ path }) => path)).toEqual(['docs/long.txt']);
  const restored = dataOf(await client.POST('/trash/{id}/restore', { ...byId, body: {} }));
  expect([restored.path, restored.sha256]).toEqual(['docs/long.txt', ready.file.sha256]);
  expect(await listAll(client)).toEqual(listed);
});
