import type { Actor } from './operations.ts';
import { pathOf } from './paths.ts';
import { listAll, readBytes, readJson, type StoredFile, send } from './requests.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };

interface Version {
  readonly number: number;
  readonly sha256: string;
}

/** null when it is gone or something is in its way, so that nothing happened. */
async function post<T>(actor: Actor, target: string, json: unknown): Promise<T | null> {
  const response = await send(actor.account, target, {
    method: 'POST',
    body: JSON.stringify(json),
    headers: JSON_HEADERS,
    mayConflict: true,
  });
  if (response.ok) return readJson<T>(response);
  await readBytes(response);
  return null;
}

async function get<T>(actor: Actor, target: string): Promise<T | null> {
  const response = await send(actor.account, target, { method: 'GET' });
  if (response.ok) return readJson<T>(response);
  await readBytes(response);
  return null;
}

/** Its bytes are at one of the two paths, never at both and never at none. */
export async function moveFile(actor: Actor): Promise<void> {
  const { account, journal, random } = actor;
  const files = await listAll(account);
  if (files.length === 0) return;
  const { id, path: from, sha256 } = random.pick(files);
  const to = pathOf(random);
  if (files.some(({ path }) => path === to)) return;
  journal.asking(from, null);
  journal.asking(to, sha256);
  const moved = await post<StoredFile>(actor, `/files/${id}/move`, { path: to });
  if (moved === null) return;
  journal.acknowledged(from, null);
  journal.acknowledged(to, moved.sha256);
}

export async function restoreVersion(actor: Actor): Promise<void> {
  const { account, journal, random } = actor;
  const files = await listAll(account);
  if (files.length === 0) return;
  const { id, path } = random.pick(files);
  const versions = await get<{ items: Version[] }>(actor, `/files/${id}/versions`);
  if (versions === null) return;
  const { number, sha256 } = random.pick(versions.items);
  journal.asking(path, sha256);
  const restored = await post<StoredFile>(actor, `/files/${id}/restore`, { version: number });
  if (restored !== null) journal.acknowledged(restored.path, restored.sha256);
}

export async function restoreDeleted(actor: Actor): Promise<void> {
  const { journal, random } = actor;
  const trash = await get<{ items: StoredFile[] }>(actor, '/trash');
  if (trash === null || trash.items.length === 0) return;
  const { id, path, sha256 } = random.pick(trash.items);
  journal.asking(path, sha256);
  const restored = await post<StoredFile>(actor, `/trash/${id}/restore`, {});
  if (restored !== null) journal.acknowledged(restored.path, restored.sha256);
}

/** For good: only what was deleted before may go, and its bytes only where nothing else holds the same content. */
export async function emptyTrash({ account }: Actor): Promise<void> {
  await readBytes(await send(account, '/trash', { method: 'DELETE' }));
}
