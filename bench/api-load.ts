/** Many requests at once, of few kinds, and a file of nginx beside them. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Instance } from '../acceptance/harness/instance.ts';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { cursorAt } from './api-listing.ts';
import { startProgram } from './child-program.ts';
import { nginxUrl, startNginx, stopNginx } from './put-each.ts';
import type { User } from './server.ts';

export const CONNECTIONS = [1, 32, 256] as const;
const SECONDS = 2;

export interface Load {
  readonly name: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
  readonly failed: number;
}

interface Target {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly method?: 'POST';
  readonly body?: string;
}

const answerSchema = z.object({ latenciesMs: z.array(z.number()), failed: z.number() });

/** Each kind at each number of connections, one after the other. `count`: the files that the user has. */
export async function measureLoad(instance: Instance, user: User, count: number): Promise<Load[]> {
  await using opened = new AsyncDisposableStack();
  const { port } = instance;
  const targets: Target[] = [
    { name: 'GET /files, first page', port, path: '/files' },
    { name: 'GET /files, a page in the middle', port, path: `/files?cursor=${cursorAt(count / 2)}` },
    {
      name: 'POST /uploads',
      port,
      path: '/uploads',
      method: 'POST',
      body: '{"path":"new #.txt","sizeBytes":1}',
    },
  ];
  const nginx = await openNginx(instance, user, opened);
  if (nginx !== null) targets.unshift(nginx);
  const loads: Load[] = [];
  for (const target of targets) {
    for (const connections of CONNECTIONS) loads.push(await load(target, connections, user.accessToken));
  }
  return loads;
}

async function load(target: Target, connections: number, token: string): Promise<Load> {
  await using program = startProgram('load-program.ts');
  const { name, ...request } = { method: 'GET', body: '', ...target };
  const answer = await program.ask({ ...request, connections, token, seconds: SECONDS }, answerSchema);
  return { name, connections, perSecond: answer.latenciesMs.length / SECONDS, ...answer };
}

/** An nginx that serves the first page from a file; null where none is installed. */
async function openNginx(
  { url }: Instance,
  { accessToken }: User,
  opened: AsyncDisposableStack,
): Promise<Target | null> {
  const isInstalled = await promisify(execFile)('nginx', ['-v']).then(
    () => true,
    () => false,
  );
  if (!isInstalled) return null;
  const folder = join(opened.use(await makeTempFolder('nginx')).path, 'nginx');
  await mkdir(folder);
  await startNginx(folder);
  opened.defer(async () => void (await stopNginx(folder)));
  const page = await fetch(`${url}/files`, { headers: { authorization: `Bearer ${accessToken}` } });
  await writeFile(join(folder, 'files', 'page.json'), await page.text());
  return {
    name: 'nginx, the first page as a file',
    port: Number(new URL(await nginxUrl(folder)).port),
    path: '/page.json',
  };
}
