import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@instashare/backend/database/embedded';
import { expect, test, vi } from 'vitest';
import {
  childrenOf,
  query,
  type ServerProcess,
  startServerProcess,
} from './embedded-postgres/server-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const ENDS = { timeout: 15_000, interval: 20 };

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'instashare-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A server's owner has one child, the keeper, whose only child is the server. */
async function keeperAndServer(ownerPid: number): Promise<readonly [keeper: number, server: number]> {
  const [keeper] = await childrenOf(ownerPid);
  const [server] = keeper === undefined ? [] : await childrenOf(keeper);
  if (keeper === undefined || server === undefined) throw new Error(`${ownerPid} runs no server`);
  return [keeper, server];
}

async function expectNoServer(databaseUrl: string): Promise<void> {
  await vi.waitFor(() => expect(query(databaseUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED'), ENDS);
}

test('is made at the first start, and keeps what is in it for the next', async () => {
  await using folder = await temporaryFolder();
  const dataDir = join(folder.path, 'data');
  {
    await using server = await startEmbeddedPostgres({ dataDir });
    await query(server.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  }
  await using server = await startEmbeddedPostgres({ dataDir });
  expect(await query(server.databaseUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
  expect((await readdir(dataDir)).toSorted()).toEqual(['logs', 'postgres']);
});

test('is safe against a loss of power, in UTF-8, and run by a role without special rights', async () => {
  await using folder = await temporaryFolder();
  await using server = await startEmbeddedPostgres({ dataDir: folder.path });
  const sql = `SELECT rolsuper AS superuser, rolcreatedb AS creates, current_setting('fsync') AS fsync,
    current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding,
    current_setting('listen_addresses') AS listens, lower('ÄÉ') AS folded
    FROM pg_roles WHERE rolname = current_user`;
  expect(await query(server.databaseUrl, sql)).toEqual({
    superuser: false,
    creates: false,
    fsync: 'on',
    checksums: 'on',
    encoding: 'UTF8',
    listens: '127.0.0.1',
    folded: 'äé',
  });
});

test('takes nobody in without the password, not even the superuser, and keeps it to its owner', async () => {
  await using folder = await temporaryFolder();
  await using server = await startEmbeddedPostgres({ dataDir: folder.path });
  const guess = new URL(server.databaseUrl);
  guess.password = 'guessed';
  await expect(query(guess.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  guess.username = 'postgres';
  await expect(query(guess.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  const { mode } = await stat(join(folder.path, 'postgres', 'password'));
  expect(mode & 0o777).toBe(0o600);
});

test('ends with the process that started it, however that ends', async () => {
  await using folder = await temporaryFolder();
  await using owner = await startServerProcess({ dataDir: folder.path });
  await query(owner.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');

  owner.process.kill('SIGKILL');
  await expectNoServer(owner.databaseUrl);

  await using server = await startEmbeddedPostgres({ dataDir: folder.path });
  expect(await query(server.databaseUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
});

test('does not hear the Ctrl-C of the terminal that it was started from', async () => {
  await using folder = await temporaryFolder();
  await using owner = await startServerProcess({ dataDir: folder.path });
  const [keeper, server] = await keeperAndServer(owner.pid);

  process.kill(-owner.pid, 'SIGINT');
  process.kill(keeper, 'SIGINT');

  expect(await query(owner.databaseUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
  expect(await keeperAndServer(owner.pid)).toEqual([keeper, server]);
});

/** A server in the folder that nobody is in charge of any more, with a table in it. */
async function leaveServerBehind(dataDir: string): Promise<ServerProcess> {
  const owner = await startServerProcess({ dataDir });
  await query(owner.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const [keeper] = await keeperAndServer(owner.pid);
  // Stopped first: it could otherwise notice the end of its parent before it is killed.
  process.kill(keeper, 'SIGSTOP');
  owner.process.kill('SIGKILL');
  process.kill(keeper, 'SIGKILL');
  expect(await query(owner.databaseUrl, 'SELECT 1 AS one'), 'the orphan still runs').toEqual({ one: 1 });
  return owner;
}

test('takes over from a server whose owner and keeper were both killed', async () => {
  await using folder = await temporaryFolder();
  await using owner = await leaveServerBehind(folder.path);

  await using server = await startEmbeddedPostgres({ dataDir: folder.path });

  expect(await query(server.databaseUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
  await expectNoServer(owner.databaseUrl);
});

test('as a root that may not look at the processes of others, as in a container, it takes over as well', async ({
  skip,
}) => {
  const withoutPtrace = ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace'];
  skip(process.getuid?.() !== 0, 'only root has another user run the server');
  skip(spawnSync('setpriv', [...withoutPtrace.slice(1), 'true']).status !== 0, 'setpriv is needed');
  await using folder = await temporaryFolder();
  await using owner = await leaveServerBehind(folder.path);

  await using next = await startServerProcess({ dataDir: folder.path }, withoutPtrace);

  expect(await query(next.databaseUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
  await expectNoServer(owner.databaseUrl);
});

test('starts over the pid file of a dead server, whoever has its number now', async () => {
  await using folder = await temporaryFolder();
  const pidFile = join(folder.path, 'postgres', 'data', 'postmaster.pid');
  await (await startEmbeddedPostgres({ dataDir: folder.path }))[Symbol.asyncDispose]();
  await writeFile(pidFile, `${process.pid}\n/somewhere\n1700000000\n5432\n\n127.0.0.1\n 1 2\nready   \n`);

  await using server = await startEmbeddedPostgres({ dataDir: folder.path });
  expect(await query(server.databaseUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
});

test('clears away what a first start that was killed left half made', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'postgres.new-killed', 'data'), { recursive: true });

  await using server = await startEmbeddedPostgres({ dataDir: folder.path });
  expect(await query(server.databaseUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
  expect((await readdir(folder.path)).toSorted()).toEqual(['logs', 'postgres']);
});

test('gives up when it is told to, and leaves nothing half made', async () => {
  await using folder = await temporaryFolder();
  const abort = new AbortController();
  const starting = startEmbeddedPostgres({ dataDir: folder.path, signal: abort.signal });
  await vi.waitFor(
    async () => expect(await readdir(folder.path)).toContainEqual(expect.stringMatching(/new-/)),
    {
      ...ENDS,
      interval: 5,
    },
  );
  abort.abort();
  await expect(starting).rejects.toThrow(/abort/i);
  expect(await readdir(folder.path)).toEqual(['logs']);
});

test('says what PostgreSQL said when it cannot start', async () => {
  await using folder = await temporaryFolder();
  await (await startEmbeddedPostgres({ dataDir: folder.path }))[Symbol.asyncDispose]();
  await writeFile(join(folder.path, 'postgres', 'data', 'PG_VERSION'), '17\n');

  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(
    /PostgreSQL did not start: .*incompatible with server.*postgres\.log/,
  );
});

test('a server that was ended at once loses nothing that was committed', async () => {
  await using folder = await temporaryFolder();
  const first = await startEmbeddedPostgres({ dataDir: folder.path });
  await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stopNow();
  await first.exited;

  await using server = await startEmbeddedPostgres({ dataDir: folder.path });
  expect(await query(server.databaseUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
});

test('a temporary server lets tests make databases, and leaves no file behind', async () => {
  await using tmp = await temporaryFolder();
  await using owner = await startServerProcess({ tmpDir: tmp.path });
  await query(owner.databaseUrl, 'CREATE DATABASE one_of_many');
  expect(await readdir(tmp.path)).toEqual([expect.stringMatching(/^instashare-postgres-/)]);

  owner.process.kill('SIGTERM');

  await expectNoServer(owner.databaseUrl);
  await vi.waitFor(async () => expect(await readdir(tmp.path)).toEqual([]), ENDS);
});

test('a temporary server leaves no file behind when its process is killed, either', async () => {
  await using tmp = await temporaryFolder();
  await using owner = await startServerProcess({ tmpDir: tmp.path });
  expect(await readdir(tmp.path)).toEqual([expect.stringMatching(/^instashare-postgres-/)]);

  owner.process.kill('SIGKILL');

  await expectNoServer(owner.databaseUrl);
  await vi.waitFor(async () => expect(await readdir(tmp.path)).toEqual([]), ENDS);
});
