import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onServer, type TestServer } from './test-server.ts';

/** Removes what was left of one kind, and says what it was. A run that is interrupted removes it without a word. */
export type RemoveLeftovers = () => Promise<string[]>;

export async function removeLeftoverDatabases({ url, prefix, template }: TestServer): Promise<string[]> {
  return await onServer(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
    return rows.filter(({ datname }) => datname !== template).map(({ datname }) => `database ${datname}`);
  });
}

/** Gives what is started after this a temporary folder of its own. */
export async function useOwnTemporaryFolder(): Promise<RemoveLeftovers> {
  const outerFolder = process.env['TMPDIR'];
  const folder = await mkdtemp(join(tmpdir(), 'instashare-test-'));
  // Servers that a test starts as another user must get through.
  await chmod(folder, 0o755);
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return async () => {
    if (outerFolder === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outerFolder;
    const names = await readdir(folder);
    await rm(folder, { recursive: true, force: true });
    return names.map((name) => `temporary file ${name}`);
  };
}

/** A process that was told to end may take this long. */
const GRACE_MS = 2_000;

/** Marks what is started after this, and what that starts in turn, by an environment variable. */
export function markProcesses(): RemoveLeftovers {
  const mark = randomBytes(8).toString('hex');
  process.env['INSTASHARE_TEST_RUN'] = mark;
  const killMarked = () => {
    const left = findMarked(mark);
    for (const pid of left.keys()) process.kill(pid, 'SIGKILL');
    return [...left].map(([pid, command]) => `process ${pid}: ${command}`);
  };
  process.once('exit', killMarked);
  return async () => {
    const until = Date.now() + GRACE_MS;
    while (findMarked(mark).size > 0 && Date.now() < until) await delay(50);
    return killMarked();
  };
}

/** Commands by process id. Without /proc nobody is found: the check is for Linux, where CI runs. */
function findMarked(mark: string): Map<number, string> {
  const found = new Map<number, string>();
  const pids = listProcesses().filter((pid) => pid !== process.pid);
  for (const pid of pids) {
    if (!readProcessFile(pid, 'environ').includes(`INSTASHARE_TEST_RUN=${mark}`)) continue;
    const command = readProcessFile(pid, 'cmdline').join(' ').trim();
    // What has ended but was not waited for yet has no command line; vitest's own helpers are its to end.
    if (command !== '' && !command.includes('vitest')) found.set(pid, command);
  }
  return found;
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** The entries of a file that ends each with a zero byte; none when the process is gone or somebody else's. */
function readProcessFile(pid: number, name: 'environ' | 'cmdline'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
