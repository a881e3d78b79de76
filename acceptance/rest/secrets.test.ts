import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { logIn, PASSWORD, registerUser } from '../harness/account.ts';
import { findSecrets } from '../harness/find-secrets.ts';
import { send } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { fileSchema } from '../harness/schemas.ts';
import { openUpload, textBytes, uploadFile } from '../harness/uploads.ts';

test('the logs never hold a secret, however much is logged and whatever goes wrong', async () => {
  await using instance = await startInstance({ environment: { LOG_LEVEL: 'trace' } });
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
  expect(await findSecrets(instance, [...known, token, upload.url, readUrl])).toEqual([]);
});
