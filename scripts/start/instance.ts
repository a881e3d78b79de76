import { join } from 'node:path';
import { lockDataFolder } from './data-folder-lock.ts';
import { createInstanceFile, describeHolder, type InstanceFile } from './instance-file.ts';
import { endLeftoverProcesses } from './leftover-processes.ts';
import { claimPort } from './port.ts';
import type { StartContext } from './run-start.ts';
import { ensureSecret } from './secret-file.ts';
import { type Environment, localUrl, type Settings } from './settings.ts';
import type { StopRequests } from './stop-requests.ts';

/** One running Instashare: what all of its programs have in common. */
export interface Instance {
  readonly dataDir: string;
  /** Where the API is reached from this machine. */
  readonly url: string;
  /** What the programs are configured with, but for the database. */
  readonly environment: Environment;
  readonly context: StartContext;
  readonly processes: InstanceFile;
  readonly stop: StopRequests;
  /** Everything that has to be taken down, in the opposite order. */
  readonly parts: AsyncDisposableStack;
}

export interface ClaimOptions {
  readonly context: StartContext;
  readonly stop: StopRequests;
  readonly parts: AsyncDisposableStack;
}

/** Makes this process the only one that serves the data folder, ends what a killed one left, and takes a port. */
export async function claimInstance(settings: Settings, options: ClaimOptions): Promise<Instance> {
  const { dataDir, host } = settings;
  const { context, stop, parts } = options;
  parts.use(await lockDataFolder(dataDir, () => describeHolder(dataDir)));
  await endLeftoverProcesses(dataDir, stop.requested);
  const processes = createInstanceFile(dataDir);
  await processes.add('start', process.pid);
  const port = await claimPort(host, settings.port);
  const environment = {
    ...context.environment,
    HOST: host,
    PORT: String(port),
    INSTASHARE_DATA_DIR: dataDir,
    AUTH_SECRET: settings.authSecret ?? (await ensureSecret(join(dataDir, 'auth-secret'))),
  };
  return { dataDir, url: localUrl(host, port), environment, context, processes, stop, parts };
}
