import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { runAs } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** One database cluster: PostgreSQL's own folder, and the password of the role that owns our database. */
export interface Cluster {
  readonly pgdata: string;
  readonly password: string;
}

/** Both the role and its database. */
export const DATABASE = 'instashare';

export interface NewClusterOptions {
  readonly binaries: Binaries;
  readonly user: ServerUser | null;
  /** False for a cluster that nobody misses after a loss of power. */
  readonly durable: boolean;
  /** True lets the role make databases beside its own. */
  readonly mayCreateDatabases: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Opens the cluster in `folder`; null when there is none. */
export async function openCluster(folder: string): Promise<Cluster | null> {
  try {
    const password = await readFile(join(folder, 'password'), 'utf8');
    return { pgdata: join(folder, 'data'), password };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes the cluster in `folder`, with its role, its database and its password. The folder appears whole or not
 * at all: everything is made in a folder beside it, which then takes its name.
 */
export async function createCluster(folder: string, options: NewClusterOptions): Promise<Cluster> {
  const parent = dirname(folder);
  const prefix = `${basename(folder)}.new-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const unfinished = await mkdtemp(join(parent, prefix));
  try {
    const cluster = { pgdata: join(unfinished, 'data'), password: randomBytes(32).toString('base64url') };
    await mkdir(cluster.pgdata, { mode: 0o700 });
    if (options.user !== null) await chown(cluster.pgdata, options.user.uid, options.user.gid);
    await initialise(cluster.pgdata, options);
    await createDatabase(cluster, options);
    await writeFile(join(unfinished, 'password'), cluster.password, { mode: 0o600, flush: true });
    if (options.durable) await syncFolder(unfinished);
    await rename(unfinished, folder);
    if (options.durable) await syncFolder(parent);
    return { ...cluster, pgdata: join(folder, 'data') };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/**
 * What PostgreSQL is told to be the path of its data, given that it is started in that folder. Another user
 * can own a folder and yet not reach it, below /root or any private folder: the path that Linux keeps for
 * "the folder I was started in" leads there all the same.
 */
export function pgdataArgument(pgdata: string, user: ServerUser | null): string {
  return user !== null && process.platform === 'linux' ? '/proc/self/cwd' : pgdata;
}

async function initialise(pgdata: string, options: NewClusterOptions): Promise<void> {
  await runAs(
    options.binaries.initdb,
    [
      `--pgdata=${pgdataArgument(pgdata, options.user)}`,
      // The superuser gets no password, and so cannot log in.
      '--username=postgres',
      '--auth-local=reject',
      '--auth-host=scram-sha-256',
      '--encoding=UTF8',
      // Sorts and folds case the same on every system, by tables of PostgreSQL's own.
      '--locale-provider=builtin',
      '--locale=C',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      ...(options.durable ? [] : ['--no-sync']),
    ],
    { user: options.user, cwd: pgdata, signal: options.signal },
  );
}

/** In single-user mode: the superuser needs no password, and no port is open. */
async function createDatabase(cluster: Cluster, options: NewClusterOptions): Promise<void> {
  const attributes = options.mayCreateDatabases ? 'LOGIN CREATEDB' : 'LOGIN';
  await runAs(
    options.binaries.postgres,
    [
      '--single',
      '-D',
      pgdataArgument(cluster.pgdata, options.user),
      '-c',
      'exit_on_error=on',
      ...(options.durable ? [] : ['-c', 'fsync=off']),
      'postgres',
    ],
    {
      user: options.user,
      cwd: cluster.pgdata,
      signal: options.signal,
      // One statement a line.
      input:
        `CREATE ROLE ${DATABASE} ${attributes} PASSWORD '${cluster.password}'\n` +
        `CREATE DATABASE ${DATABASE} OWNER ${DATABASE}\n`,
    },
  );
}

async function syncFolder(folder: string): Promise<void> {
  // Windows neither has this nor needs it.
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
