/**
 * Asks a server over many connections at once, each of which asks again when it was answered. Over sockets: an HTTP
 * client would cost as much as the server that it measures.
 */

import { on, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { z } from 'zod';

const loadSchema = z.object({
  port: z.number(),
  connections: z.number(),
  seconds: z.number(),
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  token: z.string(),
  /** Of a POST, as JSON; `#` is another number each time. */
  body: z.string(),
});
type Load = z.infer<typeof loadSchema>;

const WARM_UP_MS = 500;
const HEAD_END = '\r\n\r\n';

async function ask(load: Load): Promise<{ readonly latenciesMs: number[]; readonly failed: number }> {
  const begun = performance.now() + WARM_UP_MS;
  const end = begun + load.seconds * 1000;
  const run: Run = { latenciesMs: [], failed: 0, sent: 0 };
  const askOn = async () => {
    const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    while (performance.now() < end) {
      const asked = performance.now();
      run.sent += 1;
      const isOk = await exchange(socket, requestOf(load, run.sent));
      const answered = performance.now();
      if (!isOk) run.failed += 1;
      // By when they were answered: where many wait long, few are asked and answered within the time.
      else if (answered >= begun && answered <= end) run.latenciesMs.push(answered - asked);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: load.connections }, askOn));
  return { latenciesMs: run.latenciesMs, failed: run.failed };
}

interface Run {
  readonly latenciesMs: number[];
  failed: number;
  sent: number;
}

function requestOf({ method, path, token, body }: Load, number: number): string {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n`;
  if (method === 'GET') return `${head}\r\n`;
  const text = body.replace('#', `${process.pid} ${number}`);
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Whether the answer was a good one. */
function exchange(socket: Socket, request: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [got, needed, isOk] = [0, Number.POSITIVE_INFINITY, false];
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      got += chunk.length;
      if (needed === Number.POSITIVE_INFINITY) ({ needed, isOk } = readHead(Buffer.concat(chunks)));
      if (got < needed) return;
      socket.off('data', take).off('error', reject).off('close', lost);
      resolve(isOk);
    };
    const lost = () => reject(new Error('the server has closed a connection'));
    socket.on('data', take).once('error', reject).once('close', lost);
    socket.write(request);
  });
}

/** How long the whole answer is; for ever while its head is not all there. */
function readHead(bytes: Buffer): { needed: number; isOk: boolean } {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return { needed: Number.POSITIVE_INFINITY, isOk: false };
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error(`an answer without a length:\n${head}`);
  return { needed: end + HEAD_END.length + length, isOk: head.startsWith('HTTP/1.1 2') };
}

process.once('disconnect', () => process.exit());
for await (const [message] of on(process, 'message')) process.send?.(await ask(loadSchema.parse(message)));
