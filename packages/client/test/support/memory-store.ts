import { createHash } from 'node:crypto';
import { CHUNK_GRANULARITY_BYTES, type UploadSession } from '@instashare/contracts';
import { InstashareError } from '../../src/errors/instashare-error.ts';
import type { Transport, TransportRequest, TransportResponse } from '../../src/upload/transport.ts';

/** What happens to one request instead of what should. */
export type Fault =
  /** The line breaks after so many bytes of the body; the store keeps what is a multiple of 256 KiB. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The store takes it all, but its answer is lost. */
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** A proxy on the way: bodies above this get a 413. */
  | { readonly kind: 'limit'; readonly bytes: number };

/**
 * A store in memory that speaks the resumable protocol as strictly as Google does: chunks must follow what was
 * kept and be multiples of 256 KiB, a finished session takes nothing. Faults strike requests in their order.
 */
export function createMemoryStore(sizeBytes: number, faults: (Fault | null)[] = []) {
  let kept = Buffer.alloc(0);
  const requests: string[] = [];

  const answer = (status: number, headers: Readonly<Record<string, string>> = {}): TransportResponse => ({
    status,
    header: (name) => headers[name.toLowerCase()] ?? null,
    body: '',
  });
  const whereItStands = () => {
    if (kept.byteLength === sizeBytes) return answer(200);
    return answer(308, kept.byteLength === 0 ? {} : { range: `bytes=0-${kept.byteLength - 1}` });
  };

  function append(range: string | undefined, body: Buffer): TransportResponse {
    const match = range === undefined ? null : /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range);
    const start = Number(match?.[1] ?? 0);
    const end = match === null ? sizeBytes : Number(match[2]) + 1;
    if (start !== kept.byteLength) return answer(409);
    if (end !== sizeBytes && (end - start) % CHUNK_GRANULARITY_BYTES !== 0) return answer(400);
    if (body.byteLength !== end - start) return answer(400);
    kept = Buffer.concat([kept, body]);
    return whereItStands();
  }

  const transport: Transport = async (request) => {
    const range = request.headers['content-range'];
    requests.push(range ?? 'whole');
    const fault = faults.shift() ?? null;
    if (fault?.kind === 'answer') return answer(fault.status, fault.headers);
    if (range === `bytes */${sizeBytes}`) return whereItStands();
    const lengthBytes = request.body?.sizeBytes ?? 0;
    if (fault?.kind === 'limit' && lengthBytes > fault.bytes) return answer(413);
    if (kept.byteLength === sizeBytes && sizeBytes > 0) return answer(400);
    if (fault?.kind === 'cut') {
      const body = await readBody(request, fault.afterBytes);
      const whole = body.byteLength - (body.byteLength % CHUNK_GRANULARITY_BYTES);
      kept = Buffer.concat([kept, body.subarray(0, whole)]);
      throw new InstashareError('network', 'the line was cut');
    }
    const response = append(range, await readBody(request, Number.POSITIVE_INFINITY));
    if (fault?.kind === 'lost-answer') throw new InstashareError('network', 'the answer was lost');
    return response;
  };

  return {
    transport,
    /** The `Content-Range` of each request, in order. */
    requests,
    sha256: () => createHash('sha256').update(kept).digest('hex'),
    bytes: () => kept.byteLength,
  };
}

async function readBody(request: TransportRequest, limitBytes: number): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of request.body?.blocks() ?? []) {
    // Copied: the sender reuses its buffers.
    blocks.push(Buffer.from(block.subarray(0, limitBytes - bytes)));
    bytes += block.byteLength;
    request.onSent?.(block.byteLength);
    if (bytes >= limitBytes) break;
  }
  return Buffer.concat(blocks);
}

export function sessionFor(id = '0197b6a0-0000-7000-8000-000000000001'): UploadSession {
  return {
    id,
    url: `http://store.test/${id}`,
    method: 'PUT',
    headers: {},
    chunkGranularityBytes: CHUNK_GRANULARITY_BYTES,
    expiresAt: '2100-01-01T00:00:00.000Z',
  };
}
