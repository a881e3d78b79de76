import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { createCluster } from './cluster.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { reachableBinaries } from './reachable-binaries.ts';
import { findServerUser } from './server-user.ts';
import { startServer } from './start-server.ts';

/**
 * A throwaway PostgreSQL for tests, on a free port of 127.0.0.1: fast, because it is not safe against a loss
 * of power, and gone with its folder when it is disposed or this process ends. Its role may make databases.
 */
export async function startTemporaryPostgres(): Promise<EmbeddedPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'instashare-postgres-'));
  try {
    const onNotice = () => {};
    const user = await findServerUser(onNotice);
    const binaries = await reachableBinaries(await findBinaries(), { user, onNotice });
    const settings = { binaries, user, durable: false };
    const cluster = await createCluster(join(folder, 'cluster'), { ...settings, mayCreateDatabases: true });
    const logFile = join(folder, 'postgres.log');
    return await startServer(cluster, { ...settings, logFile, folderToRemove: folder });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
