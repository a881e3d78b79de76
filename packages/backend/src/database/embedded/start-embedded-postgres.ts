import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, createCluster, openCluster } from './cluster.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { endLeftoverServer } from './leftover-server.ts';
import { reachableBinaries } from './reachable-binaries.ts';
import { findServerUser, type ServerUser } from './server-user.ts';
import { startServer } from './start-server.ts';

export interface StartEmbeddedPostgresOptions {
  /** The cluster lives in its `postgres` folder. Whoever calls holds the data folder for itself. */
  readonly dataDir: string;
  /** `logs/postgres.log` in the data folder by default. */
  readonly logFile?: string;
  /** Told what a person should know: what was made on their system, and where. */
  readonly onNotice?: (line: string) => void;
  /** Gives up starting. A server that runs is ended by its dispose. */
  readonly signal?: AbortSignal;
}

/**
 * Starts the data folder's PostgreSQL on a free port of 127.0.0.1, and makes it first if there is none. A
 * server that a killed process left behind is ended first.
 */
export async function startEmbeddedPostgres(
  options: StartEmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { dataDir, onNotice = () => {}, signal } = options;
  const folder = join(dataDir, 'postgres');
  const logFile = options.logFile ?? join(dataDir, 'logs', 'postgres.log');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await mkdir(dirname(logFile), { recursive: true });

  const [installed, existing] = await Promise.all([findBinaries(), openCluster(folder)]);
  const user = existing === null ? await findServerUser(onNotice) : await ownerOf(existing, onNotice);
  const binaries: Binaries = await reachableBinaries(installed, { user, onNotice, signal });
  const cluster =
    existing ??
    (await createCluster(folder, { binaries, user, durable: true, mayCreateDatabases: false, signal }));
  await endLeftoverServer(cluster.pgdata, user);
  return startServer(cluster, { binaries, user, logFile, durable: true, signal });
}

/** An existing cluster is served by the user who owns its files. */
async function ownerOf(cluster: Cluster, onNotice: (line: string) => void): Promise<ServerUser | null> {
  const { uid, gid } = await stat(cluster.pgdata);
  if (process.getuid?.() !== 0 || uid === 0) return findServerUser(onNotice);
  return { name: String(uid), uid, gid };
}
