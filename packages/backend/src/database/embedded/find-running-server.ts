import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, openCluster } from './cluster.ts';

/** Lines of PostgreSQL's pid file, from 0. */
const PORT_LINE = 3;
const STATUS_LINE = 7;

/** The address of the data folder's PostgreSQL while it serves; null when it does not. */
export async function findRunningServer(dataDir: string): Promise<string | null> {
  const cluster = await openCluster(join(dataDir, 'postgres'));
  if (cluster === null) return null;
  const content = await readFile(join(cluster.pgdata, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = content.split('\n').map((line) => line.trim());
  if (lines[STATUS_LINE] !== 'ready') return null;
  return `postgres://${DATABASE}:${cluster.password}@127.0.0.1:${lines[PORT_LINE]}/${DATABASE}`;
}
