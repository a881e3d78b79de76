import { setTimeout as delay } from 'node:timers/promises';
import type { AccountRow } from '@instashare/backend/database';
import type { Dependencies } from '../dependencies.ts';
import type { ServerFigures } from './server-figures.ts';
import { countJobs, type QueueCounts } from './view-queue.ts';

/** Accounts that one page lists. */
const LISTED_ACCOUNTS = 25;
/** A disk that is somewhere in the network may not answer at all. */
const STORE_ANSWERS_WITHIN_MS = 3_000;

export interface ServerView {
  /** null: they could not be counted. */
  readonly figures: ServerFigures | null;
  /** null: the store does not tell, or does not answer. */
  readonly freeBytes: number | null;
  /** null: the queue does not answer. */
  readonly queues: readonly QueueCounts[] | null;
  readonly accounts: readonly AccountRow[];
  /** Where the next page of accounts begins; null on the last one. */
  readonly nextAfter: string | null;
}

/** Which accounts are listed: one by its e-mail address, or those behind one. */
export interface AccountsWanted {
  readonly account: string | null;
  readonly after: string | null;
}

type Used = Pick<Dependencies, 'database' | 'jobs' | 'log' | 'objects' | 'serverFigures'>;

/** What the server holds and has to do. A queue or a store that is away leaves a gap, and the rest is shown. */
export async function viewServer(deps: Used, wanted: AccountsWanted): Promise<ServerView> {
  const gap = (what: string) => (error: unknown) => {
    deps.log.warn({ err: error, what }, 'a part of the server does not tell its figures');
    return null;
  };
  const [figures, freeBytes, queues, found] = await Promise.all([
    deps.serverFigures.read().catch(gap('figures')),
    inTime(deps.objects.freeBytes()).catch(gap('store')),
    countJobs(deps).catch(gap('queue')),
    findAccounts(deps, wanted),
  ]);
  const accounts = found.slice(0, LISTED_ACCOUNTS);
  const nextAfter = found.length > LISTED_ACCOUNTS ? (accounts.at(-1)?.email ?? null) : null;
  return { figures, freeBytes, queues, accounts, nextAfter };
}

const inTime = <T>(answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    delay(STORE_ANSWERS_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw new Error('The store does not answer');
    }),
  ]);

async function findAccounts({ database }: Used, { account, after }: AccountsWanted): Promise<AccountRow[]> {
  const { admin } = database.repositories;
  if (account === null) return admin.listAccounts(after, LISTED_ACCOUNTS + 1);
  const found = await admin.findAccount(account);
  return found === null ? [] : [found];
}
