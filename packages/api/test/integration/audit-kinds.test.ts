import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIT_KINDS, type AuditKind, listAuditResultSchema } from '@instashare/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeToken } from '../support/make-token.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const PASSWORD = 'correct horse';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

interface Owner {
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
}

const foundSchema = z.object({ id: z.string() });
const sharedSchema = z.object({ share: foundSchema });
const hookSchema = z.object({ webhook: foundSchema });
const sessionsSchema = z.object({ items: z.array(z.object({ id: z.string(), isCurrent: z.boolean() })) });

/** `what`: such as `GET /audit`. */
function ask({ token }: Owner, what: string, json?: object) {
  const [method = '', path = ''] = what.split(' ');
  return api.request(method, path, { token, ...(json === undefined ? {} : { json }) });
}
const logIn = ({ email }: Owner, password = PASSWORD) =>
  api.request('POST', '/users/login', { json: { email, password } });
const upload = async ({ token }: Owner): Promise<string> =>
  (await api.upload(token, 'folder/a.txt', 'a')).body.file.id;
const refresh = async (refreshToken: string): Promise<string> =>
  (await api.request('POST', '/users/refresh', { json: { refreshToken } })).body.refreshToken;

async function trash(owner: Owner): Promise<string> {
  const id = await upload(owner);
  await ask(owner, `DELETE /files/${id}`);
  return id;
}

async function share(owner: Owner): Promise<string> {
  const fileId = await upload(owner);
  return sharedSchema.parse((await ask(owner, 'POST /shares', { fileId })).body).share.id;
}

async function hook(owner: Owner): Promise<string> {
  const { body } = await ask(owner, 'POST /webhooks', { url: 'https://example.org/hook' });
  return hookSchema.parse(body).webhook.id;
}

/** What an account does so that it is written down, of each kind; or the test of who else does it. */
const WAYS = {
  registered: async () => {},
  logged_in: (owner) => logIn(owner),
  log_in_failed: (owner) => logIn(owner, 'not the password'),
  async logged_out({ email, refreshToken }) {
    const { accessToken } = (await logIn({ email, token: '', refreshToken })).body;
    await api.request('POST', '/users/logout', { token: accessToken });
  },
  async session_revoked(owner) {
    await logIn(owner);
    const { items } = sessionsSchema.parse((await ask(owner, 'GET /sessions')).body);
    await ask(owner, `DELETE /sessions/${items.find(({ isCurrent }) => !isCurrent)?.id}`);
  },
  other_sessions_revoked: (owner) => ask(owner, 'POST /sessions/revoke_others'),
  async refresh_token_reused(owner) {
    // Of another session: that which looks at the trail goes on.
    const first: string = (await logIn(owner)).body.refreshToken;
    await refresh(await refresh(first));
    await refresh(first);
  },
  password_changed: (owner) =>
    ask(owner, 'POST /account/password', { currentPassword: PASSWORD, newPassword: 'another horse' }),
  password_refused: (owner) => ask(owner, 'POST /account/delete', { password: 'not the password' }),
  token_created: ({ token }) => makeToken(api, token, { scopes: ['read'] }),
  async token_revoked(owner) {
    const { id } = await makeToken(api, owner.token, { scopes: ['read'] });
    await ask(owner, `DELETE /tokens/${id}`);
  },
  account_exported: (owner) => ask(owner, 'GET /account/export'),
  webhook_created: (owner) => hook(owner),
  async webhook_enabled(owner) {
    const id = await hook(owner);
    await api.sql('UPDATE webhooks SET disabled_at = now(), failing_since = now() WHERE id = $1', [id]);
    await ask(owner, `POST /webhooks/${id}/enable`, {});
  },
  webhook_deleted: async (owner) => ask(owner, `DELETE /webhooks/${await hook(owner)}`),
  share_created: (owner) => share(owner),
  share_revoked: async (owner) => ask(owner, `DELETE /shares/${await share(owner)}`),
  file_deleted: (owner) => trash(owner),
  files_deleted: async (owner) => ask(owner, 'POST /files/delete', { files: [{ id: await upload(owner) }] }),
  async folder_deleted(owner) {
    await upload(owner);
    await ask(owner, 'DELETE /folders?path=folder');
  },
  file_purged: async (owner) => ask(owner, `DELETE /trash/${await trash(owner)}`),
  files_purged: async (owner) => ask(owner, 'POST /trash/purge', { ids: [await trash(owner)] }),
  async trash_emptied(owner) {
    await trash(owner);
    await ask(owner, 'DELETE /trash');
  },
  webhook_disabled: 'worker/test/integration/deliver-webhook.test.ts',
  password_reset: 'worker/test/integration/admin/password-command.test.ts',
  admin_granted: 'worker/test/integration/admin/accounts-command.test.ts',
  admin_withdrawn: 'worker/test/integration/admin/accounts-command.test.ts',
  quota_changed: 'api/test/integration/admin.test.ts',
  admin_logged_in: 'api/test/integration/admin.test.ts',
  admin_set_quota: 'api/test/integration/admin.test.ts',
  admin_retried_jobs: 'api/test/integration/admin.test.ts',
} satisfies Record<AuditKind, string | ((owner: Owner) => Promise<unknown>)>;

const ways = Object.entries<string | ((owner: Owner) => Promise<unknown>)>(WAYS);

test('a way is known to each kind of event', () => {
  expect(Object.keys(WAYS).toSorted()).toEqual(Object.keys(AUDIT_KINDS).toSorted());
});

describe('each kind of event is written down', () => {
  test.each(ways.flatMap(([kind, way]) => (typeof way === 'string' ? [] : [{ kind, way }])))(
    '$kind',
    async ({ kind, way }) => {
      const owner = await api.register();
      await way(owner);
      const { items } = listAuditResultSchema.parse((await ask(owner, 'GET /audit')).body);
      expect(items.map((event) => event.kind)).toContain(kind);
    },
  );

  test.each(ways.flatMap(([kind, way]) => (typeof way === 'string' ? [{ kind, file: way }] : [])))(
    '$kind, which $file looks at',
    async ({ kind, file }) => {
      const text = await readFile(join(import.meta.dirname, '../../..', file), 'utf8');
      expect(text).toMatch(new RegExp(`kind(:| =) '${kind}'`));
    },
  );
});
