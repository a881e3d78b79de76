import { createShareResultSchema, createWebhookResultSchema } from '@instashare/contracts';
import { makeToken } from './make-token.ts';
import type { TestApi } from './test-api.ts';

/** A user who has one of everything, and the ids of it by kind. */
export interface Owner {
  readonly token: string;
  readonly userId: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A file below `folder`, one in the trash, an upload, a share, a token, a webhook and a second session. */
export async function makeOwner(api: TestApi): Promise<Owner> {
  const user = await api.register();
  const { token, userId } = user;
  const { id: file } = (await api.upload(token, 'folder/private.txt', 'my content')).body.file;
  const { id: trashed } = (await api.upload(token, 'folder/deleted.txt', 'my other content')).body.file;
  await api.request('DELETE', `/files/${trashed}`, { token });
  const json = { path: 'open.txt', sizeBytes: 3 };
  const upload = (await api.request('POST', '/uploads', { token, json })).body.upload.id;
  const { id: personalAccessToken } = await makeToken(api, token, { scopes: ['read', 'write', 'share'] });
  const made = await api.request('POST', '/shares', { token, json: { fileId: file } });
  const share = createShareResultSchema.parse(made.body).share.id;
  await api.request('POST', '/users/login', { json: { email: user.email, password: 'correct horse' } });
  const [session] = await api.sql('SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1', [
    userId,
  ]);
  const hook = await api.request('POST', '/webhooks', { token, json: { url: 'https://example.org/hook' } });
  const webhook = createWebhookResultSchema.parse(hook.body).webhook.id;
  const ids = {
    file,
    trashed,
    upload,
    share,
    personalAccessToken,
    webhook,
    session: String(session?.['id']),
  };
  return { token, userId, ids };
}

/**
 * Everything in the database that is a user's, whichever table it is in, but for when somebody was last seen: what a
 * request changes shows here.
 */
export async function everythingOf(api: TestApi, userId: string): Promise<Record<string, unknown>> {
  const tables = await api.sql(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY table_name`,
    [],
  );
  const everything: Record<string, unknown> = {};
  const add = async (name: string, where: string) => {
    everything[name] = await api.sql(
      `SELECT to_jsonb(t) - 'last_seen_at' - 'last_used_at' AS row FROM ${name} t WHERE ${where} ORDER BY t::text`,
      [userId],
    );
  };
  for (const { table_name: name } of tables) await add(String(name), 'user_id = $1');
  await add('users', 'id = $1');
  await add('file_versions', 'file_id IN (SELECT id FROM files WHERE user_id = $1)');
  return everything;
}
