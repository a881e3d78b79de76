import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { answerSchema, type ControlRequest } from './protocol.ts';
import { MAX_LINE_BYTES, readLine } from './read-line.ts';

/** Asks the watch that listens at an address; null when none does. Rejects with what it answers when it can't. */
export async function askControl<T>(
  address: string,
  request: ControlRequest,
  { schema, signal }: { readonly schema: z.ZodType<T>; readonly signal: AbortSignal },
): Promise<T | null> {
  const socket = await open(address, signal);
  if (socket === null) return null;
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    const answer = answerSchema.safeParse(JSON.parse(await readLine(socket, MAX_LINE_BYTES)));
    const result = answer.success && answer.data.ok ? schema.safeParse(answer.data.result) : null;
    if (result?.success === true) return result.data;
    if (answer.success && !answer.data.ok) throw new CliError(answer.data.error.message, answer.data.error);
    throw new CliError('The running watch answers in another way: is it of another version? Start it again');
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof CliError) throw cause;
    throw new CliError('The running watch has ended without an answer', { code: 'not_running', cause });
  } finally {
    socket.destroy();
  }
}

/** null when nobody listens there (any more). */
async function open(address: string, signal: AbortSignal): Promise<Socket | null> {
  const socket = connect(address);
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    const isNobody = error instanceof Error && 'code' in error && NOBODY.has(String(error.code));
    if (isNobody) return null;
    throw error;
  }
}

const NOBODY: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'ENOTSOCK']);
