import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { dataSourceOptions } from './data-source-options.ts';
import { sqlState } from './driver-error.ts';
import { poolOf } from './pool-of.ts';
import { type OnQuery, tellOfQueries } from './query-listeners.ts';
import { createRepositories, type Repositories } from './repositories/repositories.ts';

export interface TransactionOptions {
  /**
   * False when losing the transaction in a loss of power does no harm, because nobody was promised anything
   * that matters: it then does not wait for the disk.
   */
  readonly durable?: boolean;
}

export interface PoolState {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface Database extends AsyncDisposable {
  /** Outside of a transaction: each call stands alone. */
  readonly repositories: Repositories;
  /**
   * Runs `work` in one transaction; its repositories are the only way into it. Deadlocks and lost unique
   * races are tried again, so `work` must do nothing beside it that can't be done twice.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Rejects when the database does not answer. */
  check(): Promise<void>;
  /** The connections of this process, and how much work waits for one. */
  poolState(): PoolState;
}

const ATTEMPTS = 4;
/** serialization_failure, deadlock_detected, unique_violation */
const RETRIED_SQL_STATES = new Set(['40001', '40P01', '23505']);

const isRetried = (error: unknown): boolean => RETRIED_SQL_STATES.has(sqlState(error) ?? '');

/** Opens a pool of connections to `url`. The schema must be up to date: see `migrate`. */
export async function openDatabase(options: {
  readonly url: string;
  readonly poolSize: number;
  /** Names the connections in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Called after a commit with the users whose files changed, or one of whose log-ins ended. Must not fail. */
  readonly onNews?: (userIds: ReadonlySet<string>) => void;
  readonly onQuery?: readonly (OnQuery | undefined)[];
}): Promise<Database> {
  const { onNews = () => {} } = options;
  const dataSource = new DataSource(dataSourceOptions(options));
  await dataSource.initialize();
  tellOfQueries(dataSource, options.onQuery ?? []);

  return {
    repositories: createRepositories(dataSource.manager, (userId) => onNews(new Set([userId]))),

    async transaction(work, { durable = true } = {}) {
      for (let attempt = 1; ; attempt += 1) {
        const news = new Set<string>();
        const run = async (manager: EntityManager) => {
          if (!durable) await manager.query('SET LOCAL synchronous_commit = off');
          const result = await work(createRepositories(manager, (userId) => news.add(userId)));
          if (news.size > 0 && !durable) throw new Error('what others are told of must not be lost');
          return result;
        };
        try {
          const result = await dataSource.transaction(run);
          if (news.size > 0) onNews(news);
          return result;
        } catch (error) {
          if (attempt === ATTEMPTS || !isRetried(error)) throw error;
          // Those who collided would collide again if all came back at once.
          await delay(Math.random() * 50 * 2 ** attempt);
        }
      }
    },

    async check() {
      await dataSource.query('SELECT 1');
    },

    poolState() {
      const { totalCount, idleCount, waitingCount } = poolOf(dataSource);
      return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    },

    async [Symbol.asyncDispose]() {
      await dataSource.destroy();
    },
  };
}
