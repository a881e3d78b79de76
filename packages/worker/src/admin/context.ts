import type { Config } from '@instashare/backend/config';
import type { Database } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import type { JobQueue } from '@instashare/backend/queue';
import type { ObjectStore } from '@instashare/backend/storage';
import type { composeSweep } from '../compose.ts';
import type { Progress } from './progress.ts';
import type { Report } from './report.ts';

/** What a command may use. What it opens is closed when it is over; what it does not use is never opened. */
export interface AdminContext {
  readonly config: Config;
  readonly log: Log;
  readonly report: Report;
  /** Shows on a terminal how far it has come. */
  readonly showProgress: Progress['show'];
  readonly signal: AbortSignal;
  /** A new password, from standard input or typed at a terminal. The only thing that is ever asked. */
  readonly readPassword: () => Promise<string>;
  readonly now: () => Date;
  readonly openDatabase: () => Promise<Database>;
  readonly openQueue: () => Promise<JobQueue>;
  /** `mayMark`: the store becomes this database's if it is nobody's (ADR 16). */
  readonly openStore: (database: Database, options: { readonly mayMark: boolean }) => Promise<ObjectStore>;
  readonly sweep: typeof composeSweep;
}

/** What comes of a command: the exit code. */
export type AdminCommand = (
  context: AdminContext,
  args: {
    readonly positionals: readonly string[];
    readonly options: Readonly<Record<string, string | boolean | undefined>>;
  },
) => Promise<number>;

/** An option that takes a value; undefined when it was not given. */
export function textOption(
  options: Readonly<Record<string, string | boolean | undefined>>,
  name: string,
): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
