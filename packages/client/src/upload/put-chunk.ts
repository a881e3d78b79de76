import type { UploadSession } from '@instashare/contracts';
import { isInstashareError } from '../errors/instashare-error.ts';
import { BLOCKS_KEPT, bodyBlocks } from './body-blocks.ts';
import type { Pass } from './incremental-hash.ts';
import { interpretAnswer, type PutOutcome } from './interpret-answer.ts';
import type { UploadSource } from './source.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

export interface PutContext {
  readonly transport: Transport;
  readonly session: UploadSession;
  readonly source: UploadSource;
  readonly hash: Pass | null;
  readonly onSent: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

async function put(
  context: PutContext,
  request: Pick<TransportRequest, 'headers' | 'body'>,
): Promise<PutOutcome> {
  let response: TransportResponse;
  try {
    response = await context.transport({
      method: 'PUT',
      url: context.session.url,
      headers: { ...context.session.headers, ...request.headers },
      body: request.body,
      onSent: context.onSent,
      signal: context.signal,
    });
  } catch (error) {
    if (isInstashareError(error, 'network')) return { kind: 'ask', error };
    throw error;
  }
  return interpretAnswer(response, context.source.sizeBytes);
}

/** Asks how far the session got. */
export function askOffset(context: PutContext): Promise<PutOutcome> {
  return put(context, { headers: { 'content-range': `bytes */${context.source.sizeBytes}` }, body: null });
}

/** Sends one chunk from `start`; the whole content goes without a range, which every store takes. */
export async function putChunk(context: PutContext, start: number, chunkBytes: number): Promise<PutOutcome> {
  const { source, hash } = context;
  const end = Math.min(source.sizeBytes, start + chunkBytes);
  const isWhole = start === 0 && end === source.sizeBytes;
  // Bytes that an earlier run sent still belong to the hash.
  await hash?.catchUp(source, start, context.signal);
  return put(context, {
    headers: isWhole ? {} : { 'content-range': `bytes ${start}-${end - 1}/${source.sizeBytes}` },
    body: {
      sizeBytes: end - start,
      blocksKept: BLOCKS_KEPT,
      blocks: () => bodyBlocks(source, { start, end }, hash),
    },
  });
}
