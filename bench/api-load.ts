/** Many requests at once, of few kinds, and beside each of them a bare route that does the same. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import type { Instance } from '../acceptance/harness/instance.ts';
import { startBare } from './bare-server.ts';
import { startProgram } from './child-program.ts';
import { databaseOf } from './database-of.ts';
import type { User } from './server.ts';

const CONNECTIONS = [1, 32, 256] as const;
const SECONDS = 2;
/** A server runs for weeks, and in its first seconds its code is not compiled yet: others came before those who are measured. */
const OTHERS = 32;
export const PAGE_SIZE = 50;

export interface Load {
  readonly name: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
  readonly failed: number;
  /** Of the bare route that does the same, in the same run; null: this is one. */
  readonly bare: { readonly name: string; readonly perSecond: number } | null;
}

interface Target {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  /** Of a POST; `#` is another number each time. */
  readonly body?: string;
}

const answerSchema = z.object({ latenciesMs: z.array(z.number()), failed: z.number() });

/**
 * Each kind at each number of connections, one after the other: those that are compared side by side, so that whatever
 * else the machine does falls upon all of them.
 */
export async function measureLoad(instance: Instance, user: User): Promise<Load[]> {
  const databaseUrl = await databaseOf(instance);
  const userId = await idOf(databaseUrl, user.email);
  await using opened = new AsyncDisposableStack();
  // It goes with the instance. ext4 makes new files much slower while it has only just removed many: for some minutes.
  const folder = await mkdtemp(join(instance.dataDir, 'bare-'));
  const { port, program } = await startBare({ databaseUrl, folder }, { userId, limit: PAGE_SIZE });
  opened.use(program);
  const loads: Load[] = [];
  for (const [plain, ...ours] of [listings(instance.port, port), creations(instance.port, port)]) {
    if (plain === undefined) throw new Error('there is nothing to compare with');
    for (const target of [plain, ...ours]) await load(target, OTHERS, user.accessToken);
    for (const connections of CONNECTIONS) {
      const floor = await load(plain, connections, user.accessToken);
      loads.push({ ...floor, bare: null });
      for (const target of ours) {
        const measured = await load(target, connections, user.accessToken);
        loads.push({ ...measured, bare: floor });
      }
    }
  }
  return loads;
}

function listings(port: number, barePort: number): Target[] {
  const input = encodeURIComponent(JSON.stringify({ limit: PAGE_SIZE }));
  return [
    { name: 'a page of files: bare', port: barePort, path: '/files' },
    { name: 'REST: GET /files', port, path: `/files?limit=${PAGE_SIZE}` },
    { name: 'tRPC: files.list', port, path: `/trpc/files.list?input=${input}` },
  ];
}

function creations(port: number, barePort: number): Target[] {
  const body = '{"path":"new #.txt","sizeBytes":1}';
  return [
    { name: 'an upload created: bare', port: barePort, path: '/uploads', body },
    { name: 'REST: POST /uploads', port, path: '/uploads', body },
    { name: 'tRPC: uploads.create', port, path: '/trpc/uploads.create', body },
  ];
}

async function load(
  { name, ...target }: Target,
  connections: number,
  token: string,
): Promise<Omit<Load, 'bare'>> {
  await using program = startProgram('load-program.ts');
  const answer = await program.ask({ ...target, connections, token, seconds: SECONDS }, answerSchema);
  return { name, connections, perSecond: answer.latenciesMs.length / SECONDS, ...answer };
}

export async function idOf(databaseUrl: string, email: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]);
    return rows[0]?.id ?? '';
  } finally {
    await client.end();
  }
}
