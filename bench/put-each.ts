/** What HTTP itself costs for many small files: a PUT for each from Node to nginx, with no database and no sync. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../acceptance/harness/port.ts';
import { listFiles } from './input.ts';

const run = promisify(execFile);

const PUTS_AT_ONCE = 8;

const configOf = (folder: string) => join(folder, 'nginx.conf');

/** Starts an nginx that takes files into `folder`. */
export async function startNginx(folder: string): Promise<void> {
  const port = await findFreePort();
  await mkdir(join(folder, 'files'));
  await writeFile(join(folder, 'port'), String(port));
  await writeFile(
    configOf(folder),
    `user root; worker_processes auto; pid ${folder}/pid; error_log ${folder}/error.log;
     events {}
     http {
       access_log off; client_body_temp_path ${folder}/incoming; client_max_body_size 0; keepalive_requests 1000000;
       server { listen 127.0.0.1:${port}; root ${folder}/files; dav_methods PUT; create_full_put_path on; }
     }`,
  );
  await run('nginx', ['-c', configOf(folder), '-p', folder]);
}

export const stopNginx = (folder: string): Promise<unknown> =>
  run('nginx', ['-c', configOf(folder), '-p', folder, '-s', 'stop']);

export async function nginxUrl(folder: string): Promise<string> {
  return `http://127.0.0.1:${await readFile(join(folder, 'port'), 'utf8')}/`;
}

/** Puts each file of `source` to the nginx that was started in `folder`, some at once. */
export async function putEach(source: string, folder: string): Promise<void> {
  const port = Number(await readFile(join(folder, 'port'), 'utf8'));
  const agent = new Agent({ keepAlive: true, maxSockets: PUTS_AT_ONCE });
  const left = (await listFiles(source)).values();
  const putOn = async () => {
    for (const path of left) {
      const name = relative(source, path).split('/').map(encodeURIComponent).join('/');
      await put({ agent, port, path: `/${name}` }, readFileSync(path));
    }
  };
  await Promise.all(Array.from({ length: PUTS_AT_ONCE }, putOn));
  agent.destroy();
}

function put(target: { agent: Agent; port: number; path: string }, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': body.length };
    const outgoing = request({ ...target, host: '127.0.0.1', method: 'PUT', headers }, (answer) => {
      answer.resume();
      const { statusCode = 0 } = answer;
      answer.on('end', () =>
        statusCode < 300 ? resolve() : reject(new Error(`nginx answered ${statusCode}`)),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
