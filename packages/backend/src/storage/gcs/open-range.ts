import { StorageError } from '../../errors/index.ts';
import { Refusal } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';

export interface OpenedRange {
  readonly chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** The position behind the last byte that comes. */
  readonly end: number;
}

export interface RangeRequest {
  readonly key: string;
  readonly offset: number;
  /** The position behind the last byte that is wanted; beyond the object's end is fine. */
  readonly end: number;
  readonly signal: AbortSignal;
}

const EMPTY: AsyncIterable<Uint8Array<ArrayBuffer>> = {
  async *[Symbol.asyncIterator]() {},
};

/** One request for bytes of an object. Rejects with a {@link Refusal} or a failure of the connection. */
export async function openRange(context: GcsContext, request: RangeRequest): Promise<OpenedRange> {
  const { key, offset, end, signal } = request;
  const { bucket, endpoint } = context;
  const headers = await context.authorization();
  // As it is stored: nothing we store has an encoding that the store might undo.
  headers.set('accept-encoding', 'identity');
  // No request for no bytes: the first one tells whether there is an object.
  const last = Math.max(end - 1, offset);
  if (offset > 0 || end !== Number.POSITIVE_INFINITY) {
    headers.set('range', `bytes=${offset}-${last === Number.POSITIVE_INFINITY ? '' : last}`);
  }
  const url = `${endpoint}/storage/v1/b/${bucket.name}/o/${encodeURIComponent(key)}?alt=media`;
  const response = await fetch(url, { headers, signal });
  const { status, body } = response;
  if (!response.ok && status !== 416) throw new Refusal(status, (await response.text()).slice(0, 500));
  if (status === 416 || end <= offset) {
    await body?.cancel();
    return { chunks: EMPTY, end: offset };
  }
  const total = totalBytes(response, headers.has('range') ? offset : null);
  if (total !== null) return { chunks: body ?? EMPTY, end: Math.min(end, total) };
  await body?.cancel();
  throw new StorageError('storage_failed', 'The store answered with other bytes than were asked for');
}

/** The size of the object; null when the answer does not begin with the byte that was asked for. */
function totalBytes({ headers, status }: Response, offset: number | null): number | null {
  if (offset === null) {
    const total = headers.get('x-goog-stored-content-length') ?? headers.get('content-length');
    return status === 200 && total !== null ? Number(total) : null;
  }
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '');
  return status === 206 && Number(range?.[1]) === offset ? Number(range?.[2]) : null;
}
