import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { type Cluster, DATABASE, pgdataArgument } from './cluster.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { findFreePort } from './free-port.ts';
import type { KeeperMessage } from './keeper-message.ts';
import { endLeftoverServer } from './leftover-server.ts';
import { serverArguments } from './server-settings.ts';
import type { ServerUser } from './server-user.ts';
import { type Keeper, spawnKeeper } from './spawn-keeper.ts';

const POLL_INTERVAL_MS = 10;
const RETRY_DELAY_MS = 300;
const ATTEMPTS = 10;
/** Somebody took the port meanwhile; or processes of a killed server have yet to notice that it is gone. */
const PASSING =
  /could not bind|could not create any TCP\/IP sockets|still in use|lock file .* already exists/;

export interface StartServerOptions {
  readonly binaries: Binaries;
  readonly user: ServerUser | null;
  readonly logFile: string;
  readonly durable: boolean;
  /** A free one when left out. */
  readonly port?: number;
  /** Removed, with all it holds, when the server was ended by us or by our own end. */
  readonly folderToRemove?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the server and waits until it accepts connections, however long it has to replay its log. Tries
 * again when it ended for a reason that passes.
 */
export async function startServer(cluster: Cluster, options: StartServerOptions): Promise<EmbeddedPostgres> {
  const { binaries, user, logFile, durable, folderToRemove, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    const [port, logStart] = await Promise.all([options.port ?? findFreePort(), sizeOf(logFile)]);
    signal?.throwIfAborted();
    const settings = serverArguments({ port, durable });
    const command = [binaries.postgres, '-D', pgdataArgument(cluster.pgdata, user), ...settings];
    const keeper = await spawnKeeper({ command, pgdata: cluster.pgdata, user, logFile, folderToRemove });
    const server = runningServer(keeper, { cluster, port, user });
    if (await isReady(keeper, cluster, signal)) return server;
    await server.stopNow();
    signal?.throwIfAborted();
    const said = (await readFile(logFile)).subarray(logStart).toString('utf8');
    if (attempt === ATTEMPTS || !PASSING.test(said)) throw new Error(reasonIn(said, logFile));
    await delay(RETRY_DELAY_MS, undefined, { signal });
  }
}

function runningServer(
  keeper: Keeper,
  at: { cluster: Cluster; port: number; user: ServerUser | null },
): EmbeddedPostgres {
  const { cluster, port, user } = at;
  // Should the keeper be killed, its server would live on.
  const exited = keeper.exited.then(() => endLeftoverServer(cluster.pgdata, user));
  const stop = async (message: KeeperMessage) => {
    keeper.tell(message);
    await exited;
  };
  return {
    databaseUrl: `postgres://${DATABASE}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`,
    exited: exited.catch(() => {}),
    stopNow: () => stop('stop-now'),
    [Symbol.asyncDispose]: () => stop('stop'),
  };
}

/** False when the server ended, or should end, before it was ready. */
async function isReady(keeper: Keeper, cluster: Cluster, signal: AbortSignal | undefined): Promise<boolean> {
  while (!keeper.hasExited()) {
    if (signal?.aborted === true) return false;
    if ((await readStatus(cluster, keeper.serverPid())) === 'ready') return true;
    await delay(POLL_INTERVAL_MS);
  }
  return false;
}

/** PostgreSQL notes its state in the eighth line of its pid file; the first tells whose file it is. */
async function readStatus(cluster: Cluster, serverPid: number | undefined): Promise<string | undefined> {
  const content = await readFile(join(cluster.pgdata, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = content.split('\n');
  return lines[0] === String(serverPid) ? lines[7]?.trim() : undefined;
}

async function sizeOf(file: string): Promise<number> {
  await using handle = await open(file, 'a', 0o600);
  return (await handle.stat()).size;
}

/** What the server said last when it gave up. */
function reasonIn(said: string, logFile: string): string {
  const lines = said.trim().split('\n');
  const reason = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line)) ?? lines.at(-1);
  return `PostgreSQL did not start: ${reason} (all of it is in ${logFile})`;
}
