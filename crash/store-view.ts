import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { GcsServer } from '@instashare/backend/testing';

export interface Seen {
  readonly key: string;
  /** A session that was opened and got nothing: a kill may have come before its row. */
  readonly isEmptySession: boolean;
}

/** Where objects are, as seen from outside. */
export interface StoreView {
  list(): Promise<readonly Seen[]>;
  /** As if all of it had been written so much earlier. */
  makeOlder(byMs: number): Promise<void>;
}

export function viewFolder(dataDir: string): StoreView {
  const root = join(dataDir, 'objects');
  return {
    async list() {
      const owners = (await readdir(root)).filter((owner) => !owner.startsWith('.'));
      const seen: Seen[] = [];
      for (const owner of owners) {
        for (const name of await readdir(join(root, owner))) {
          const key = `${owner}/${name.replace(/\.part$/, '')}`;
          const size = name.endsWith('.part') ? stat(join(root, owner, name)) : null;
          const isEmptySession = size !== null && ((await orGone(size))?.size ?? 0) === 0;
          seen.push({ key, isEmptySession });
        }
      }
      return seen;
    },
    async makeOlder(byMs) {
      const longAgo = new Date(Date.now() - byMs);
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) await orGone(utimes(join(entry.parentPath, entry.name), longAgo, longAgo));
    },
  };
}

/** Sessions that are not finished are Google's to forget: nobody sees them. */
export function viewBucket(server: GcsServer): StoreView {
  return {
    list: async () =>
      [...server.objects.keys()]
        .filter((key) => key.includes('/'))
        .map((key) => ({ key, isEmptySession: false })),
    makeOlder: async (byMs) => server.makeOlder(byMs),
  };
}

/** null: the worker has just removed it. */
async function orGone<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
