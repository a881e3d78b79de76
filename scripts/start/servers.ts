import type { Instance } from './instance.ts';
import { openLogFile } from './log-file.ts';
import { waitUntilReady } from './readiness.ts';
import { StartError } from './start-error.ts';
import { orStop } from './stop-requests.ts';
import { type SupervisedProgram, supervise } from './supervise.ts';

/** A server that streams needs little. */
const HEAP_MIB = 160;
/** The api makes much for each of many requests at once, and drops it when it has answered. */
const YOUNG_MIB = { api: 16, worker: 4 } as const;
/** A little more than the programs give themselves. */
const STOP_WITHIN_MS = 15_000;

/** Starts api and worker, both at once, and waits until they serve. */
export async function bringUpServers(instance: Instance, databaseUrl: string): Promise<SupervisedProgram[]> {
  const { dataDir, context, parts, processes, stop, url } = instance;
  const environment = { ...instance.environment, DATABASE_URL: databaseUrl };
  const started: SupervisedProgram[] = [];

  const start = async (name: 'api' | 'worker') => {
    const log = parts.use(await openLogFile(dataDir, name));
    const program = {
      name,
      command: [context.programs[name]],
      environment,
      heapMib: HEAP_MIB,
      youngMib: YOUNG_MIB[name],
      log: log.handle,
      stopWithinMs: STOP_WITHIN_MS,
    };
    const supervised = await supervise(program, {
      onStarted: (pid) => processes.add(name, pid),
      onNotice: (line) => console.error(line),
      hint: `See ${log.path}.`,
      stop,
    });
    started.push(supervised);
  };
  const starting = await Promise.allSettled([start('api'), start('worker')]);
  // Both at once, and before their logs are closed.
  parts.defer(async () => {
    await Promise.all(started.map((program) => program[Symbol.asyncDispose]()));
  });
  for (const result of starting) if (result.status === 'rejected') throw result.reason;

  const ready = Promise.all([
    ...started.map((program) => program.ready),
    waitUntilReady(url, stop.requested),
  ]);
  const failed = Promise.race(started.map((program) => program.givenUp));
  const failure = await orStop(Promise.race([ready.then(() => null), failed]), stop.requested);
  if (failure !== null) throw new StartError(failure);
  for (const program of started) program.keepRunning();
  return started;
}
