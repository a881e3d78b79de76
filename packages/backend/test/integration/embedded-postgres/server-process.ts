import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';

export interface ServerProcess extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Also that of its process group. */
  readonly pid: number;
  readonly databaseUrl: string;
}

/**
 * A process of its own that runs a PostgreSQL server: the part of `npm start` that a test can kill. SIGTERM
 * ends it in order.
 */
export async function startServerProcess(
  at: { dataDir: string } | { tmpDir: string },
  /** A program, with its arguments, that runs it. */
  through: readonly string[] = [],
): Promise<ServerProcess> {
  const script = join(import.meta.dirname, 'serve-postgres.ts');
  const [args, environment] = 'dataDir' in at ? [[at.dataDir], {}] : [[], { TMPDIR: at.tmpDir }];
  const [program = process.execPath, ...rest] = [...through, process.execPath, script, ...args];
  const child = spawn(program, rest, {
    // A process group of its own, as a terminal gives it.
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const databaseUrl = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the process ended with ${code ?? signal}`)));
  });
  if (child.pid === undefined) throw new Error('the process has no id');
  return {
    process: child,
    pid: child.pid,
    databaseUrl,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The process ids of a process's children. */
export async function childrenOf(pid: number): Promise<number[]> {
  const list = await (process.platform === 'linux'
    ? readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
    : promisify(execFile)('pgrep', ['-P', String(pid)]).then(({ stdout }) => stdout));
  return list
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(Number);
}

/** The one row that the server answers. Rejects when there is no server. */
export async function query(databaseUrl: string, sql: string): Promise<Record<string, unknown>> {
  const client = new Client(databaseUrl);
  // A server that is killed says so here as well as to the pending call.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}
