/** Somebody who has some of everything that the API knows, so that requests for it lead somewhere. */
import { z } from 'zod';
import { type Account, freshEmail, logIn, PASSWORD, registerUser } from './account.ts';
import type { Known } from './arbitrary-requests.ts';
import { expectJson, send } from './http.ts';
import { until } from './poll.ts';
import { complete, openUpload, put, sha256Of, textBytes } from './uploads.ts';

/** Of what can be used up there are so many. */
const SEVERAL = 4;
const SHARE_PASSWORD = 'open sesame';
const BYTES = textBytes(30, 3);

export interface Owner {
  readonly known: Known;
  /** What says who asks. */
  readonly credentials: Readonly<Record<string, string>>;
}

interface Needs {
  readonly server: string;
  /** Answers with 200 to whatever it is sent. */
  readonly receiver: string;
  /** The e-mail address of an admin. */
  readonly admin: string;
}

const idSchema = z.object({ id: z.string() });
const itemsSchema = z.object({ items: z.array(idSchema) });
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');
const times = <T>(make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: SEVERAL }, (_, n) => make(n)));

interface Found {
  readonly ids?: Known['ids'];
  readonly targets?: Known['targets'];
  readonly hints?: Known['hints'];
  readonly cookie?: string;
}

/** By what the paths of the operations begin with: what they need beside files. */
const MAKERS: Readonly<Record<string, (user: Account, needs: Needs) => Promise<Found>>> = {
  async trash(user) {
    const ids = await addFiles(user, 'thrown');
    await user.post('/files/delete', z.object({}), { files: ids.map((id) => ({ id })) });
    await addFiles(user, 'gone', 1);
    const gone = await user.send('DELETE', '/folders?path=gone');
    const { deletedAt } = expectJson(gone, z.object({ deletedAt: z.string() }));
    return { ids: { trash: ids }, hints: { path: ['gone'], deletedAt: [deletedAt] } };
  },
  async uploads(user) {
    const uploads = await times(async (n) => {
      const upload = await openUpload(user, { path: `up/${n}.txt`, bytes: BYTES });
      // Of some all bytes are there: they can be completed.
      if (n % 2 === 0) await put(upload, BYTES);
      return upload.id;
    });
    return { ids: { uploads }, hints: { sha256: [sha256Of(BYTES)], sizeBytes: [BYTES.length] } };
  },
  async storage(user) {
    const uploads = await times((n) => openUpload(user, { path: `up/${n}.txt`, bytes: BYTES }));
    const done = await openUpload(user, { path: 'read.txt', bytes: textBytes(5000) });
    await put(done, textBytes(5000));
    const { id } = await complete(user, done);
    const { url } = await user.get(`/files/${id}/content_url`, z.object({ url: z.string() }));
    return {
      targets: {
        '/storage/uploads/{uploadId}': uploads.map((upload) => pathOf(upload.url)),
        '/storage/objects/{owner}/{object}': [pathOf(url)],
      },
    };
  },
  async shares(user) {
    const made = await times(() => share(user, { folder: 'docs' }));
    return { ids: { shares: made.map(({ id }) => id) }, hints: { folder: ['docs'] } };
  },
  s: sharedThings,
  async tokens(user) {
    const schema = z.object({ details: idSchema });
    const made = await times((n) => user.post('/tokens', schema, { name: `${n}`, scopes: ['read'] }));
    return { ids: { tokens: made.map(({ details }) => details.id) } };
  },
  async sessions(user) {
    await times(() => logIn(user.server, user.email));
    const { items } = await user.get('/sessions', z.object({ items: z.array(sessionSchema) }));
    return { ids: { sessions: items.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id) } };
  },
  async webhooks(user, { receiver }) {
    const schema = z.object({ webhook: idSchema });
    const made = await times(() => user.post('/webhooks', schema, { url: receiver, pathPrefix: 'told/' }));
    await addFiles(user, 'told', 1);
    const webhooks = made.map(({ webhook }) => webhook.id);
    const deliveries = await Promise.all(webhooks.map((id) => untilDelivered(user, id)));
    return { ids: { webhooks }, hints: { deliveryId: deliveries.flat() } };
  },
  async users(user) {
    return {
      hints: {
        email: [user.email, freshEmail(), freshEmail()],
        password: [PASSWORD],
        refreshToken: [user.auth.refreshToken],
      },
    };
  },
  account: async () => ({ hints: { password: [PASSWORD], currentPassword: [PASSWORD] } }),
  async admin(user, { server, admin }) {
    const body = new URLSearchParams({ email: admin, password: PASSWORD }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: server };
    const { headers: answered } = await send('POST', `${server}/admin/login`, { headers, body });
    return {
      targets: {
        '/admin/users/{id}/quota': [`/admin/users/${user.auth.user.id}/quota`],
        '/admin/queue/{queue}/retry': ['/admin/queue/compress-blobs/retry'],
        '/admin/queue/{queue}/jobs/{id}/retry': ['/admin/queue/compress-blobs/jobs/1/retry'],
      },
      hints: { email: [admin], password: [PASSWORD] },
      cookie: cookieOf(answered),
    };
  },
};

const sessionSchema = z.object({ id: z.string(), isCurrent: z.boolean() });
const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** `first`: what the paths of the operations begin with that are asked for. */
export async function someoneWith(first: string, needs: Needs): Promise<Owner> {
  const user = await registerUser(needs.server);
  const files = await addFiles(user, 'docs');
  const { ids, targets, hints, cookie } = (await MAKERS[first]?.(user, needs)) ?? {};
  const known = {
    ids: { files, ...ids },
    targets: { '/docs/{asset}': ['/docs/init.js'], ...targets },
    hints: {
      id: files,
      fileId: files,
      path: ['docs', 'docs/0.txt', 'docs/1.txt', 'elsewhere/2.txt'],
      folder: ['docs'],
      from: ['docs'],
      version: [1],
      ifVersion: [1],
      ...hints,
    },
    bytes: BYTES,
  };
  return {
    known,
    credentials: {
      authorization: `Bearer ${user.auth.accessToken}`,
      ...(cookie === undefined ? {} : { cookie, origin: needs.server }),
    },
  };
}

async function addFiles(user: Account, folder: string, count = SEVERAL): Promise<string[]> {
  const form = new FormData();
  form.append('path', folder);
  for (let n = 0; n < count; n += 1) form.append('file', new Blob([textBytes(500, n)]), `${n}.txt`);
  const answer = await user.send('POST', '/upload_files', { body: form });
  return expectJson(answer, z.object({ files: z.array(idSchema) })).files.map(({ id }) => id);
}

async function share(user: Account, json: object): Promise<{ id: string; token: string }> {
  const made = await user.post('/shares', z.object({ url: z.string(), share: idSchema }), json);
  return { id: made.share.id, token: made.url.slice(made.url.lastIndexOf('/') + 1) };
}

/** Links to a file and to a folder, one of which takes a password and one of which is used up. */
async function sharedThings(user: Account): Promise<Found> {
  const files = await addFiles(user, 'shared', 1);
  const [fileId = ''] = files;
  const password = { password: SHARE_PASSWORD };
  const folder = await share(user, { folder: 'shared' });
  const file = await share(user, { fileId });
  const limited = await share(user, { fileId, maxDownloads: 2 });
  const locked = await share(user, { folder: 'shared', ...password });
  const lockedFile = await share(user, { fileId, ...password });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(password).toString();
  const answer = await send('POST', `${user.server}/s/${lockedFile.token}`, { headers, body });
  const tokens = [folder, file, limited, locked, lockedFile].map(({ token }) => token);
  return {
    targets: {
      '/s/{token}': tokens.map((token) => `/s/${token}`),
      '/s/{token}/content': tokens.map((token) => `/s/${token}/content`),
      '/s/{token}/zip': tokens.map((token) => `/s/${token}/zip`),
      '/s/{token}/files/{id}/content': tokens.map((token) => `/s/${token}/files/${fileId}/content`),
    },
    hints: { password: [SHARE_PASSWORD] },
    cookie: cookieOf(answer.headers),
  };
}

const untilDelivered = (user: Account, id: string): Promise<string[]> =>
  until(`webhook ${id} to be told of a file`, async () => {
    const { items } = await user.get(`/webhooks/${id}/deliveries`, itemsSchema);
    return items.length === 0 ? null : items.map((delivery) => delivery.id);
  });
