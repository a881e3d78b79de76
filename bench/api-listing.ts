/** What pages of a listing take, one after the other: of an account with many files, and of one with few. */
import { z } from 'zod';
import { PAGE_SIZE } from './api-load.ts';
import { folderAt, pathAt } from './api-rows.ts';
import type { User } from './server.ts';

const SAMPLES = 40;
const WARM_UP = 5;

export interface Listing {
  readonly name: string;
  readonly latenciesMs: readonly number[];
  readonly items: number;
}

const pageSchema = z.object({ items: z.array(z.unknown()) });

/** As a listing gives them. To get one in the middle by going there takes ten thousand requests. */
const cursorAt = (at: number): string => Buffer.from(pathAt(Math.floor(at))).toString('base64url');

/** Every filter that the API has; it has one order, and no search by name. */
const queriesFor = (count: number): readonly (readonly [string, Record<string, string>])[] => {
  const middle = { cursor: cursorAt(count / 2) };
  const prefix = folderAt(count / 2);
  return [
    ['first page', {}],
    ['first page of 1,000', { limit: '1000' }],
    ['a page in the middle', middle],
    ['last page', { cursor: cursorAt(count - PAGE_SIZE - 1) }],
    ['a folder', { prefix }],
    ['the middle of a folder', { prefix, cursor: cursorAt(count / 2 + (count % 1000) / 2 + 400) }],
    ['status ready', { status: 'ready' }],
    ['status ready, in the middle', { status: 'ready', ...middle }],
    ['status failed (100 of all)', { status: 'failed' }],
    ['status failed, in the middle', { status: 'failed', ...middle }],
    ['status stored (none)', { status: 'stored' }],
    ['status failed in a folder', { status: 'failed', prefix }],
  ];
};

export async function measureListing(user: User, count: number): Promise<Listing[]> {
  const listings: Listing[] = [];
  for (const [name, query] of queriesFor(count)) {
    const path = `/files?${new URLSearchParams({ limit: String(PAGE_SIZE), ...query }).toString()}`;
    const latenciesMs: number[] = [];
    let items = 0;
    for (let at = -WARM_UP; at < SAMPLES; at += 1) {
      const asked = performance.now();
      ({
        items: { length: items },
      } = await user.request('GET', path, { schema: pageSchema }));
      if (at >= 0) latenciesMs.push(performance.now() - asked);
    }
    listings.push({ name, latenciesMs, items });
  }
  return listings;
}
