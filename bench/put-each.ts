/** What HTTP itself costs for many small files: a PUT for each from Node, with no database and no sync. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { relative } from 'node:path';
import { listFiles } from './input.ts';

const PUTS_AT_ONCE = 8;

/** Puts each file of `source` to the server, some at once. */
export async function putEach(source: string, url: string): Promise<void> {
  const port = Number(new URL(url).port);
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
