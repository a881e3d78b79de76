import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeeperMessage } from './keeper-message.ts';
import { identity, serverEnvironment } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** The process that owns a server: see `keeper.ts`. */
export interface Keeper {
  /** The server's process id, once it has one. */
  readonly serverPid: () => number | undefined;
  readonly hasExited: () => boolean;
  /** Resolves when the keeper has ended. */
  readonly exited: Promise<void>;
  /** Does nothing when the keeper has ended. */
  readonly tell: (message: KeeperMessage) => void;
}

export interface KeeperOptions {
  /** The server's program and its arguments. */
  readonly command: readonly string[];
  readonly pgdata: string;
  readonly user: ServerUser | null;
  readonly logFile: string;
  /** Removed, with all it holds, when the server was ended by us or by our own end. */
  readonly folderToRemove?: string | undefined;
}

export async function spawnKeeper(options: KeeperOptions): Promise<Keeper> {
  const { uid = '', gid = '' } = identity(options.user);
  await using log = await open(options.logFile, 'a', 0o600);
  const keeper = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'keeper.ts'),
      `${uid}`,
      `${gid}`,
      options.pgdata,
      options.folderToRemove ?? '',
      ...options.command,
    ],
    {
      // A session of its own: a terminal's Ctrl-C ends us, and we then end the server, after its clients.
      detached: true,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      windowsHide: true,
    },
  );
  let serverPid: number | undefined;
  keeper.once('message', (message) => {
    if (typeof message === 'number') serverPid = message;
  });
  const exited = new Promise<void>((resolve) => {
    keeper.once('exit', () => resolve());
  });
  await once(keeper, 'spawn');
  return {
    serverPid: () => serverPid,
    hasExited: () => keeper.exitCode !== null || keeper.signalCode !== null,
    exited,
    tell: (message) => {
      if (keeper.connected) keeper.send(message, () => {});
    },
  };
}
