import type http from 'node:http';
import { networkError } from '../errors/network-error.ts';
import type { TransportBody, TransportRequest, TransportResponse } from '../upload/transport.ts';
import type { UploadLimit } from '../upload/upload-limit.ts';
import type { HttpAgents } from './http-agents.ts';
import { headerOf, openRequest, readText } from './http-request.ts';

/** A line on which nothing moves for this long is taken for broken. */
const IDLE_TIMEOUT_MS = 30_000;
/** The store may have to bring gigabytes to disk before it answers. */
const ANSWER_TIMEOUT_MS = 120_000;
/** Answers of the upload protocol are small; whatever is longer is not read on. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Sends requests by `node:http`: measured against `fetch` on the loopback, three times the throughput for a
 * stream and for small bodies, at a tenth of the memory.
 */
export function createHttpTransport(agents: HttpAgents, limit: UploadLimit | undefined) {
  return async (request: TransportRequest): Promise<TransportResponse> => {
    request.signal?.throwIfAborted();
    const url = new URL(request.url);
    const outgoing = open(url, request, agents);
    const answer = readAnswer(outgoing, request.maxAnswerBytes ?? MAX_ANSWER_BYTES);
    // Handled below, or made void by the body's own failure.
    answer.catch(() => undefined);
    try {
      if (request.body === null) outgoing.end();
      else await sendBody(outgoing, request.body, { answer, limit, ...request });
      outgoing.setTimeout(ANSWER_TIMEOUT_MS);
      return await answer;
    } catch (cause) {
      request.signal?.throwIfAborted();
      throw cause instanceof SocketFailure ? networkError(url.origin, cause.cause) : cause;
    } finally {
      // After an early answer the rest of the body is not sent, so the connection is of no more use.
      if (!outgoing.writableFinished) outgoing.destroy();
    }
  };
}

/** Told apart from a failure of the body's own source, which must come out unchanged. */
class SocketFailure extends Error {}

function open(url: URL, request: TransportRequest, agents: HttpAgents): http.ClientRequest {
  const { method, headers, body, signal } = request;
  return openRequest(url, agents, {
    method,
    headers: { ...headers, 'content-length': String(body?.sizeBytes ?? 0) },
    timeout: IDLE_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
}

function readAnswer(outgoing: http.ClientRequest, maxBytes: number): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new SocketFailure('the connection failed', { cause }));
    outgoing.on('timeout', () => outgoing.destroy(new Error('nothing moved for too long')));
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      readText(incoming, maxBytes).then(
        (body) =>
          resolve({
            status: incoming.statusCode ?? 0,
            header: (name) => headerOf(incoming, name),
            body,
          }),
        fail,
      );
    });
  });
}

interface SendBodyOptions extends Pick<TransportRequest, 'onSent' | 'signal'> {
  readonly answer: Promise<TransportResponse>;
  readonly limit: UploadLimit | undefined;
}

/** Resolves when the whole body was handed over, or as soon as there is an answer. */
async function sendBody(
  outgoing: http.ClientRequest,
  body: TransportBody,
  { answer, ...options }: SendBodyOptions,
): Promise<void> {
  let isAnswered = false;
  const answered = answer.then(() => {
    isAnswered = true;
  });
  answered.catch(() => undefined);
  const { blocksKept = 1 } = body;
  const underWay: Promise<void>[] = [];
  for await (const block of body.blocks()) {
    const isLimited = options.limit !== undefined && options.limit.bytesPerSecond !== null;
    const sent = isLimited ? writeInSlices(outgoing, block, options) : writeWhole(outgoing, block, options);
    // Waited for at its turn; until then it must not count as unhandled.
    sent.catch(() => undefined);
    underWay.push(sent);
    // Slices of two blocks must not get between each other.
    const most = isLimited ? 1 : blocksKept;
    if (underWay.length < most) continue;
    await Promise.race([Promise.all(underWay.splice(0, underWay.length - most + 1)), answered]);
    if (isAnswered) return;
  }
  await Promise.race([Promise.all(underWay), answered]);
  if (!isAnswered) outgoing.end();
}

type WriteOptions = Omit<SendBodyOptions, 'answer'>;

async function writeWhole(
  outgoing: http.ClientRequest,
  block: Uint8Array,
  { onSent }: WriteOptions,
): Promise<void> {
  await write(outgoing, block);
  onSent?.(block.byteLength);
}

async function writeInSlices(
  outgoing: http.ClientRequest,
  block: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const { limit, signal } = options;
  const sliceBytes = limit?.sliceBytes ?? block.byteLength;
  for (let start = 0; start < block.byteLength; start += sliceBytes) {
    const slice = block.subarray(start, start + sliceBytes);
    await limit?.take(slice.byteLength, signal);
    await writeWhole(outgoing, slice, options);
  }
}

function write(outgoing: http.ClientRequest, block: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(block, (cause) => {
      if (cause === null || cause === undefined) resolve();
      else reject(new SocketFailure(cause.message, { cause }));
    });
  });
}
