import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { explain } from '../cli-error.ts';
import { parseJson } from '../parse-json.ts';
import { clearAddress, prepareAddress } from './address.ts';
import type { ControlAnswer, ControlRequest } from './protocol.ts';
import { MAX_LINE_BYTES, readLine } from './read-line.ts';

/** Whoever connects and says nothing is not waited for. */
const REQUEST_WITHIN_MS = 10_000;

export interface ControlServerOptions {
  /** Of which the caller holds the lock: what a process that crashed has left there is removed. */
  readonly address: string;
  /** Answers a request; what it rejects with is told to the one who asked. */
  readonly handle: (request: ControlRequest) => Promise<unknown>;
}

/** Listens for the commands of the same person. */
export async function serveControl(options: ControlServerOptions): Promise<AsyncDisposable> {
  const { address } = options;
  const isFile = !address.startsWith('\\\\');
  if (isFile) {
    await prepareAddress(address);
    await rm(address, { force: true });
  }
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void answerOne(socket, options);
  });
  await listen(server, address);
  if (isFile) await chmod(address, 0o600);
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => {
        server.close(() => closed());
      });
      if (isFile) await clearAddress(address);
    },
  };
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answerOne(socket: Socket, options: ControlServerOptions): Promise<void> {
  // The one who asked may be gone before the answer is there.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(REQUEST_WITHIN_MS, () => socket.destroy());
  const line = await readLine(socket, MAX_LINE_BYTES).catch(() => null);
  if (line === null) {
    socket.destroy();
    return;
  }
  socket.setTimeout(0);
  const answer = await answerTo(line, options);
  if (!socket.destroyed) socket.end(`${JSON.stringify(answer)}\n`);
}

async function answerTo(line: string, { handle }: ControlServerOptions): Promise<ControlAnswer> {
  // Only now: it takes longer to load than a watch to start.
  const { requestSchema } = await import('./protocol.ts');
  const request = requestSchema.safeParse(parseJson(line));
  if (!request.success) {
    const message = 'The running watch does not know this request: is it of another version? Start it again';
    return { ok: false, error: { code: 'invalid_request', message } };
  }
  try {
    return { ok: true, result: await handle(request.data) };
  } catch (error) {
    const known = explain(error);
    const { code, message } = known ?? {
      code: 'internal_error',
      message: `a fault of the watch: ${String(error)}`,
    };
    return { ok: false, error: { code, message } };
  }
}
