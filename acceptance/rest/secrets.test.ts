import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Account, logIn, PASSWORD, registerUser } from '../harness/account.ts';
import { findSecrets } from '../harness/find-secrets.ts';
import { send } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { fileSchema } from '../harness/schemas.ts';
import { serve } from '../harness/serve.ts';
import { MIB, openUpload, textBytes, uploadFile } from '../harness/uploads.ts';

test('the logs never hold a secret, however much is logged and whatever goes wrong', async () => {
  const environment = { LOG_LEVEL: 'trace', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };
  await using instance = await startInstance({ environment });
  const server = instance.url;
  const user = await registerUser(server);
  const again = await logIn(server, user.email);
  const tokenSchema = z.object({ token: z.string() });
  const json = { name: 'script', scopes: ['read', 'write', 'share'] };
  const { token } = await user.post('/tokens', tokenSchema, json);
  const file = await uploadFile(user, { path: 'a.txt', bytes: textBytes(5000) });
  await until('the file to be ready', async () =>
    (await user.get(`/files/${file.id}`, fileSchema)).status === 'ready' ? true : null,
  );
  const { url: readUrl } = await user.get(`/files/${file.id}/content_url`, z.object({ url: z.string() }));
  const upload = await openUpload(user, { path: 'b.txt', bytes: textBytes(300, 2) });

  const ofShare = await openLockedShare(user);
  const ofWebhook = await tellNobody(user);

  // What is said where it does not belong, and what breaks.
  const secretsAsInput = { password: PASSWORD, token, refreshToken: again.auth.refreshToken };
  await send('POST', `${server}/users/login`, { json: { email: secretsAsInput, password: [PASSWORD] } });
  const broken = `{"password": "${PASSWORD}", "token": "${token}"`;
  await send('POST', `${server}/users/login`, {
    headers: { 'content-type': 'application/json' },
    body: broken,
  });
  await send('GET', `${server}/files?token=${token}&prefix=%00`, {});
  await send('GET', `${server}/${token}/nothing`, { headers: { cookie: `session=${token}` } });
  await send('PUT', `${upload.url}&extra=1`, { body: 'too short' });
  await send('PUT', upload.url, { headers: { 'content-range': 'nonsense' }, body: 'x' });
  await send('GET', `${readUrl}x`);
  await user.send('POST', '/account/password', {
    json: { currentPassword: `${PASSWORD}!`, newPassword: `${PASSWORD} new` },
  });
  await send('POST', `${server}/users/refresh`, { json: { refreshToken: user.auth.refreshToken } });
  await user.send('POST', '/account/delete', { json: { password: PASSWORD } });

  const folder = join(instance.dataDir, 'logs');
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
  );
  expect(Math.max(...sizes), 'something was logged').toBeGreaterThan(0);
  const known = [user, again].flatMap(({ auth }) => [auth.accessToken, auth.refreshToken]);
  const all = [...known, token, upload.url, readUrl, ...ofShare, ...ofWebhook];
  expect(await findSecrets(instance, all)).toEqual([]);
});

/** A locked share, opened with a wrong password and the right one, whose zip is left before its end. Its secrets. */
async function openLockedShare(user: Account): Promise<string[]> {
  await uploadFile(user, { path: 'shared/large.txt', bytes: textBytes(8 * MIB) });
  const [password, wrong] = ['open for friends', 'open for nobody'];
  const { url } = await user.post('/shares', z.object({ url: z.string() }), { folder: 'shared', password });
  const unlock = (given: string) =>
    send('POST', url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ password: given }).toString(),
    });
  expect((await unlock(wrong)).status).toBe(401);
  const { status, headers } = await unlock(password);
  expect(status).toBe(303);
  const [cookie = ''] = headers.getSetCookie()[0]?.split(';') ?? [];
  const leaving = new AbortController();
  const zip = await fetch(`${url}/zip`, { headers: { cookie }, signal: leaving.signal });
  expect(zip.status).toBe(200);
  await zip.body?.getReader().read();
  leaving.abort();
  return [password, wrong, cookie.slice(cookie.indexOf('=') + 1), url.slice(url.lastIndexOf('/') + 1)];
}

/** A webhook whose receiver fails, with an address that lets somebody in there. Its secrets. */
async function tellNobody(user: Account): Promise<string[]> {
  await using receiver = await serve((_request, response) => void response.writeHead(500).end());
  const key = 'key-of-the-receiver';
  const madeSchema = z.object({ secret: z.string(), webhook: z.object({ id: z.string() }) });
  const json = { url: `${receiver.url}/${key}?key=${key}` };
  const { secret, webhook } = await user.post('/webhooks', madeSchema, json);
  await uploadFile(user, { path: 'told.txt', bytes: textBytes(20) });
  const triesSchema = z.object({ items: z.array(z.object({ lastError: z.string().nullable() })) });
  await until('a delivery to fail', async () => {
    const { items } = await user.get(`/webhooks/${webhook.id}/deliveries`, triesSchema);
    return items.some(({ lastError }) => lastError !== null) ? true : null;
  });
  return [secret, key];
}
