/** Share links in tests: made as their owners make them, and used as their visitors do. */
import {
  type CreateShareInput,
  createShareResultSchema,
  listSharesResultSchema,
} from '@instashare/contracts';
import type { TestApi } from './test-api.ts';

export const share = async (api: TestApi, token: string, json: CreateShareInput) =>
  createShareResultSchema.parse((await api.request('POST', '/shares', { token, json })).body);

export const listShares = async (api: TestApi, token: string) =>
  listSharesResultSchema.parse((await api.request('GET', '/shares', { token })).body).items;

/** Gives a password, and follows nothing. */
export const unlock = (url: string, password: string) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ password }) });

export async function withFile(api: TestApi, path = 'folder/notes.txt', content = 'what I wrote') {
  const user = await api.register();
  const { id } = (await api.upload(user.token, path, content)).body.file;
  return { ...user, id };
}

export async function withFolder(api: TestApi) {
  const user = await api.register();
  await api.upload(user.token, 'photos/2026/beach.txt', 'sand');
  await api.upload(user.token, 'photos/2026/deep/sea.txt', 'blue');
  const { id } = (await api.upload(user.token, 'photos/2026 secret.txt', 'not shared')).body.file;
  return { ...user, outside: id, ...(await share(api, user.token, { folder: 'photos/2026' })) };
}
