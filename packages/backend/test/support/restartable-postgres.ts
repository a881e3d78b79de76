import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@instashare/backend/database';
import { findBinaries } from '../../src/database/embedded/binaries.ts';
import { createCluster } from '../../src/database/embedded/cluster.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { reachableBinaries } from '../../src/database/embedded/reachable-binaries.ts';
import { findServerUser } from '../../src/database/embedded/server-user.ts';
import { startServer } from '../../src/database/embedded/start-server.ts';

/** A PostgreSQL of one's own, with the schema in it, that can go away for a while. */
export interface RestartablePostgres extends AsyncDisposable {
  readonly url: string;
  /** Ends it: `orderly` tells its clients to go; otherwise it ends as a crash would, and later replays its log. */
  stop(options: { readonly orderly: boolean }): Promise<void>;
  /** Starts it again at the same address, with what was committed. */
  startAgain(): Promise<void>;
}

export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  await using made = new AsyncDisposableStack();
  const folder = made.use(await mkdtempDisposable(join(tmpdir(), 'restartable-postgres-')));
  const onNotice = () => {};
  const user = await findServerUser(onNotice);
  const binaries = await reachableBinaries(await findBinaries(), { user, onNotice });
  // As in production: what was committed must outlive the end.
  const settings = { binaries, user, durable: true };
  const cluster = await createCluster(join(folder.path, 'cluster'), {
    ...settings,
    mayCreateDatabases: false,
  });
  const logFile = join(folder.path, 'postgres.log');
  const port = await findFreePort();
  const start = () => startServer(cluster, { ...settings, logFile, port });
  let server = await start();
  made.defer(() => server[Symbol.asyncDispose]());
  await migrate(server.databaseUrl);
  const resources = made.move();
  return {
    url: server.databaseUrl,
    async stop({ orderly }) {
      await (orderly ? server[Symbol.asyncDispose]() : server.stopNow());
    },
    async startAgain() {
      server = await start();
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
