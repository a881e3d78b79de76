import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Account } from './account.ts';

/** The sha256 of a download, never whole in memory. */
export async function sha256OfDownload(user: Account, id: string): Promise<string> {
  const response = await fetch(`${user.server}/files/${id}/content`, {
    headers: { authorization: `Bearer ${user.auth.accessToken}` },
  });
  if (response.status !== 200 || response.body === null) {
    throw new Error(`the download answered ${response.status}: ${await response.text()}`);
  }
  const hash = createHash('sha256');
  await pipeline(Readable.fromWeb(response.body), hash);
  return hash.digest('hex');
}

/** Calls `work` for every item, a few at a time. */
export async function forEachOf<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
