import { type EmbeddedPostgres, startEmbeddedPostgres } from '@instashare/backend/database/embedded';
import type { Instance } from './instance.ts';
import { openLogFile } from './log-file.ts';
import { prepareMigration } from './migration.ts';
import { describe, StartError } from './start-error.ts';
import { orStop } from './stop-requests.ts';

export interface RunningDatabase {
  readonly databaseUrl: string;
  /** Resolves with the reason when it ended by itself; never for a database that we did not start. */
  readonly givenUp: Promise<string>;
}

/** Starts the data folder's PostgreSQL, unless there is one at `externalUrl`, and brings its tables up to date. */
export async function bringUpDatabase(
  instance: Instance,
  externalUrl: string | null,
): Promise<RunningDatabase> {
  await using migration = await prepareMigration(instance.environment);
  const database = externalUrl === null ? await startEmbedded(instance) : external(externalUrl);
  await orStop(migration.run(database.databaseUrl), instance.stop.requested);
  return database;
}

function external(databaseUrl: string): RunningDatabase {
  return { databaseUrl, givenUp: new Promise(() => {}) };
}

async function startEmbedded({ dataDir, parts, stop }: Instance): Promise<RunningDatabase> {
  const log = parts.use(await openLogFile(dataDir, 'postgres'));
  try {
    const server = await startEmbeddedPostgres({
      dataDir,
      logFile: log.path,
      onNotice: (line) => console.log(line),
      signal: stop.requested,
    });
    parts.defer(() => end(server, stop.forced));
    const givenUp = server.exited.then(() => `The database ended unexpectedly. See ${log.path}.`);
    return { databaseUrl: server.databaseUrl, givenUp };
  } catch (error) {
    stop.requested.throwIfAborted();
    throw new StartError(`The database did not start: ${describe(error)}.`, { cause: error });
  }
}

/** In order; at once when that is asked for. */
async function end(server: EmbeddedPostgres, forced: AbortSignal): Promise<void> {
  const endNow = () => void server.stopNow().catch(() => {});
  forced.addEventListener('abort', endNow);
  if (forced.aborted) endNow();
  await server[Symbol.asyncDispose]();
  forced.removeEventListener('abort', endNow);
}
