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
  path: z.string(),
  token: z.string(),
  /** Of a POST, as JSON; `#` is another number each time. Without one it is a GET. */
  body: z.string().optional(),
});
type Load = z.infer<typeof loadSchema>;

const WARM_UP_MS = 500;
const HEAD_END = '\r\n\r\n';
/** Of an answer in chunks whose length is not told. */
const CHUNKS_END = '\r\n0\r\n\r\n';

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

function requestOf({ path, token, body }: Load, number: number): string {
  const method = body === undefined ? 'GET' : 'POST';
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n`;
  if (body === undefined) return `${head}\r\n`;
  const text = body.replace('#', `${process.pid} ${number}`);
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Whether the answer was a good one. */
function exchange(socket: Socket, request: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let got = 0;
    let head: Head | null = null;
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      got += chunk.length;
      head ??= readHead(Buffer.concat(chunks));
      if (head === null) return;
      const isWhole = head.length === null ? endsChunks(chunks) : got >= head.length;
      if (!isWhole) return;
      socket.off('data', take).off('error', reject).off('close', lost);
      resolve(head.isOk);
    };
    const lost = () => reject(new Error('the server has closed a connection'));
    socket.on('data', take).once('error', reject).once('close', lost);
    socket.write(request);
  });
}

interface Head {
  readonly isOk: boolean;
  /** Of the whole answer, in bytes; null: it comes in chunks. */
  readonly length: number | null;
}

/** null: it is not all there. */
function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const isOk = head.startsWith('HTTP/1.1 2');
  if (/\r\ntransfer-encoding: chunked/i.test(head)) return { isOk, length: null };
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error(`an answer without a length:\n${head}`);
  return { isOk, length: end + HEAD_END.length + length };
}

/** Looks no further back than the last two pieces: an end that is cut into three is not seen, which would show at once. */
const endsChunks = (chunks: readonly Buffer[]): boolean =>
  Buffer.concat(chunks.slice(-2)).toString('latin1').endsWith(CHUNKS_END);

process.once('disconnect', () => process.exit());
for await (const [message] of on(process, 'message')) process.send?.(await ask(loadSchema.parse(message)));
