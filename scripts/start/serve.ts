import { prepareDataFolder } from './data-folder.ts';
import { bringUpDatabase } from './database.ts';
import { claimInstance } from './instance.ts';
import { readyMessage } from './messages.ts';
import type { StartOptions } from './options.ts';
import type { StartContext } from './run-start.ts';
import { bringUpServers } from './servers.ts';
import { readSettings, startedFrom } from './settings.ts';
import { orStop, type StopRequests } from './stop-requests.ts';
import { startUploader } from './uploader.ts';
import { checkApart, findWatchedFolder } from './watched-folder.ts';

export interface ServeOptions {
  readonly context: StartContext;
  readonly stop: StopRequests;
}

/**
 * Brings everything up, serves until it is asked to stop or a part fails for good, and takes everything down in
 * the opposite order. Returns when a part has failed, which it has then said; throws a `StartError` when it
 * cannot start, and the reason of `stop.requested` when it was asked to stop.
 */
export async function serve(options: StartOptions, { context, stop }: ServeOptions): Promise<void> {
  const { environment, checkout } = context;
  const settings = readSettings(environment, checkout);
  const watched =
    options.watch === null ? null : await findWatchedFolder(options.watch, startedFrom(environment));
  const dataDir = await prepareDataFolder(settings.dataDir);
  if (watched !== null) checkApart(watched, dataDir);

  await using parts = new AsyncDisposableStack();
  const instance = await claimInstance({ ...settings, dataDir }, { context, stop, parts });
  const database = await bringUpDatabase(instance, settings.databaseUrl);
  const programs = await bringUpServers(instance, database.databaseUrl);
  console.log(readyMessage({ ...instance, watched, startMs: performance.now() }));
  if (watched !== null) programs.push(await startUploader(instance, { folder: watched, to: options.to }));

  const failures = [database.givenUp, ...programs.map((program) => program.givenUp)];
  const failure = await orStop(Promise.race(failures), stop.requested);
  console.error(`${failure} Stopping everything.`);
}
