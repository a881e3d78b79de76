import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Content, Journal } from './journal.ts';
import { type Account, listAll, readBytes, readJson, type StoredFile, send, sha256Of } from './requests.ts';
import type { StoreView } from './store-view.ts';

/**
 * Waits until no work is left: nothing to compress, no upload open. A job that was lost is asked for again after a
 * while, which is made to have passed. Rejects when it takes too long.
 */
export async function untilSettled(database: Client, timeoutMs: number): Promise<void> {
  await database.query("UPDATE blobs SET enqueued_at = enqueued_at - interval '1 minute'");
  const until = performance.now() + timeoutMs;
  for (;;) {
    const { rows } = await database.query<{ stored: string; uploads: string }>(
      `SELECT (SELECT count(*) FROM blobs WHERE status NOT IN ('ready', 'failed')) AS stored,
              (SELECT count(*) FROM uploads WHERE state <> 'completed') AS uploads`,
    );
    const [left] = rows;
    if (left?.stored === '0' && left.uploads === '0') return;
    if (performance.now() > until) throw new Error(`stuck: ${JSON.stringify(left)}`);
    await delay(200);
  }
}

/** Faults of one account's files against what its client knows; none when all is well. */
export async function fileFaults(account: Account, journal: Journal): Promise<string[]> {
  const faults: string[] = [];
  const files = new Map((await listAll(account)).map((file) => [file.path, file]));
  for (const [path, possible] of journal.possible) {
    const file = files.get(path);
    const found: Content = file?.sha256 ?? null;
    if (!possible.has(found)) {
      faults.push(`${path} holds ${found}, but may only hold ${[...possible].join(' or ')}`);
    }
    if (file === undefined) continue;
    if (file.status !== 'ready') faults.push(`${path} is ${file.status}`);
    const response = await send(account, `/files/${file.id}/content`, { method: 'GET' });
    const bytes = await readBytes(response);
    if (sha256Of(bytes) !== file.sha256)
      faults.push(`${path} is downloaded with other bytes: ${response.status}`);
    faults.push(...(await olderFaults(account, file)));
  }
  for (const path of files.keys()) {
    if (!journal.possible.has(path)) faults.push(`${path} is there, but nobody put it there`);
  }
  return faults;
}

interface Version {
  readonly number: number;
  readonly isCurrent: boolean;
  readonly sha256: string;
  readonly status: string;
}

/** What was acknowledged before stays, too, until its time is over. */
async function olderFaults(account: Account, { id, path }: StoredFile): Promise<string[]> {
  const listed = await send(account, `/files/${id}/versions?limit=1000`, { method: 'GET' });
  const { items } = await readJson<{ items: Version[] }>(listed);
  const faults: string[] = [];
  for (const { number, isCurrent, sha256, status } of items) {
    if (isCurrent) continue;
    if (status !== 'ready') faults.push(`version ${number} of ${path} is ${status}`);
    const response = await send(account, `/files/${id}/versions/${number}/content`, { method: 'GET' });
    if (sha256Of(await readBytes(response)) !== sha256)
      faults.push(`version ${number} of ${path} is downloaded with other bytes: ${response.status}`);
  }
  return faults;
}

/**
 * Objects that no row names and rows that name no object; an unfinished upload's bytes count as its object. A kill may
 * have come between a session, which is an empty file, and its row: that one stays until the sweep looks through the
 * whole store, and may not be there when it has (`isSwept`).
 */
export async function objectFaults(
  database: Client,
  store: StoreView,
  { isSwept }: { readonly isSwept: boolean },
): Promise<string[]> {
  const { rows } = await database.query<{ key: string; needed: boolean }>(
    `SELECT object_key AS key, true AS needed FROM blobs
     UNION SELECT object_key, false FROM object_deletions UNION SELECT object_key, false FROM uploads`,
  );
  const named = new Set(rows.map(({ key }) => key));
  const seen = await store.list();
  const there = new Set(seen.map(({ key }) => key));
  const nameless = seen.filter(({ key, isEmptySession }) => !named.has(key) && (isSwept || !isEmptySession));
  return [
    ...rows.filter(({ key, needed }) => needed && !there.has(key)).map(({ key }) => `object ${key} is gone`),
    ...nameless.map(({ key }) => `object ${key} is named by no row`),
  ];
}

/** What is booked for each user against what the user holds. */
export async function bookFaults(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ id: string; used: string; held: string; hole: boolean }>(
    `SELECT id, used_bytes AS used,
       (SELECT coalesce(sum(size_bytes), 0) FROM blobs WHERE user_id = users.id)
         + (SELECT coalesce(sum(reserved_bytes), 0) FROM uploads WHERE user_id = users.id) AS held,
       change_seq <> (SELECT count(*) FROM changes WHERE user_id = users.id) AS hole
     FROM users`,
  );
  return rows.flatMap(({ id, used, held, hole }) => [
    ...(used === held ? [] : [`user ${id} is booked ${used} bytes and holds ${held}`]),
    ...(hole ? [`the changes of user ${id} have holes`] : []),
  ]);
}
