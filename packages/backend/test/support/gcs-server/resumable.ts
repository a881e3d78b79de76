import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { badRequest, contentLength, GoogleError, sendJson } from './answer.ts';
import { type Bucket, type StoredObject, toResource } from './bucket.ts';
import { arrived, type Fault } from './faults.ts';

const GRANULARITY_BYTES = 256 * 1024;

export interface Session {
  readonly id: string;
  readonly bucket: Bucket;
  readonly name: string;
  /** `X-Upload-Content-Length`; null when it was not given. */
  readonly declaredBytes: number | null;
  readonly contentType: string;
  readonly origin: string | undefined;
  readonly ifGenerationMatch: number | null;
  state: 'cancelled' | 'expired' | 'open';
  object: StoredObject | null;
  kept: Buffer[];
  keptBytes: number;
}

interface Range {
  /** null: only asks. */
  readonly first: number | null;
  readonly lengthBytes: number;
  readonly total: number | null;
}

/** Resumable sessions, as documented at https://cloud.google.com/storage/docs/performing-resumable-uploads. */
export function createResumable() {
  const sessions = new Map<string, Session>();

  function find(id: string): Session {
    const session = sessions.get(id);
    if (session === undefined) throw new GoogleError(404, 'notFound', 'No such upload session');
    if (session.state === 'expired') throw new GoogleError(410, 'gone', 'The upload session has expired');
    if (session.state === 'cancelled') throw new GoogleError(499, 'cancelled', 'The upload was cancelled');
    return session;
  }

  return {
    sessions: sessions as ReadonlyMap<string, Readonly<Session>>,

    /** The id of a new session. */
    start(request: IncomingMessage, target: Pick<Session, 'bucket' | 'ifGenerationMatch' | 'name'>): string {
      const { headers } = request;
      const declared = headers['x-upload-content-length'];
      const session: Session = {
        ...target,
        id: randomBytes(16).toString('hex'),
        declaredBytes: declared === undefined ? null : Number(declared),
        contentType: String(headers['x-upload-content-type'] ?? 'application/octet-stream'),
        origin: headers.origin,
        state: 'open',
        object: null,
        kept: [],
        keptBytes: 0,
      };
      sessions.set(session.id, session);
      return session.id;
    },

    async put(
      id: string,
      {
        request,
        response,
        fault,
      }: { request: IncomingMessage; response: ServerResponse; fault: Fault | null },
    ) {
      const session = find(id);
      allowOrigin(session, request, response);
      if (session.object === null) {
        const range = parseRange(session, request);
        if (range.first !== null) await receive(session, { request, first: range.first, fault });
        finishIfWhole(session, { request, range });
      } else {
        request.resume();
      }
      if (fault?.kind === 'lose-answer') response.destroy();
      else answer(session, response);
    },

    cancel(id: string): void {
      const session = find(id);
      // A finished object stays.
      if (session.object !== null) throw new GoogleError(404, 'notFound', 'The upload is finished');
      session.state = 'cancelled';
      session.kept = [];
      throw new GoogleError(499, 'cancelled', 'Client Closed Request');
    },

    expireAll(): void {
      for (const session of sessions.values()) if (session.object === null) session.state = 'expired';
    },
  };
}

/** A page may send only from the origin that the session was started for. */
function allowOrigin(session: Session, request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined || origin !== session.origin) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'Range');
}

function parseRange(session: Session, request: IncomingMessage): Range {
  const header = request.headers['content-range'];
  const lengthBytes = contentLength(request);
  const { declaredBytes } = session;
  if (header === undefined) {
    if (declaredBytes !== null && lengthBytes !== declaredBytes) throw wrongSize(declaredBytes);
    return { first: 0, lengthBytes, total: lengthBytes };
  }
  const match = /^bytes (?:\*|(\d+)-(\d+))\/(\d+|\*)$/.exec(header);
  if (match === null) throw badRequest(`Failed to parse Content-Range header "${header}".`);
  const total = match[3] === '*' ? null : Number(match[3]);
  if (declaredBytes !== null && total !== null && total !== declaredBytes) throw wrongSize(declaredBytes);
  if (match[1] === undefined) {
    if (lengthBytes !== 0) throw badRequest('A status query has no body.');
    return { first: null, lengthBytes, total };
  }
  const [first, last] = [Number(match[1]), Number(match[2])];
  if (last - first + 1 !== lengthBytes) throw badRequest('Content-Range and Content-Length differ.');
  const largest = total ?? declaredBytes;
  if (largest !== null && last >= largest) throw badRequest('The range lies outside the object.');
  if (last + 1 !== total && lengthBytes % GRANULARITY_BYTES !== 0) {
    throw badRequest('All chunks but the last must be multiples of 262144 bytes.');
  }
  if (first > session.keptBytes) throw badRequest('The chunk does not follow the bytes that were received.');
  return { first, lengthBytes, total };
}

const wrongSize = (bytes: number) => badRequest(`The session was opened for exactly ${bytes} bytes.`);

/** Takes what comes. Of a request that breaks off only whole units of 256 KiB are kept. */
async function receive(
  session: Session,
  { request, first, fault }: { request: IncomingMessage; first: number; fault: Fault | null },
): Promise<void> {
  const cutAfter = fault?.kind === 'cut-request' ? fault.afterBytes : Number.POSITIVE_INFINITY;
  let position = first;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      const taken = part.subarray(0, Math.max(0, first + cutAfter - position));
      append(session, position, position === first ? arrived(taken, fault) : taken);
      position += taken.length;
      if (position - first >= cutAfter) request.destroy();
    }
    if (cutAfter !== Number.POSITIVE_INFINITY) throw new Error('the request was cut');
  } catch (error) {
    dropPartOfUnit(session);
    throw error;
  }
}

/** Bytes that were received before are ignored. */
function append(session: Session, position: number, bytes: Buffer): void {
  if (session.state !== 'open' || session.object !== null) return;
  if (position > session.keptBytes) throw new GoogleError(503, 'backendError', 'Another request took over');
  const fresh = bytes.subarray(session.keptBytes - position);
  if (fresh.length === 0) return;
  session.kept.push(Buffer.from(fresh));
  session.keptBytes += fresh.length;
}

function dropPartOfUnit(session: Session): void {
  if (session.object !== null) return;
  const whole = Buffer.concat(session.kept, session.keptBytes);
  session.keptBytes -= session.keptBytes % GRANULARITY_BYTES;
  session.kept = [whole.subarray(0, session.keptBytes)];
}

function finishIfWhole(
  session: Session,
  { request, range }: { readonly request: IncomingMessage; readonly range: Range },
): void {
  if (session.state !== 'open' || session.object !== null) return;
  if (range.total === null || session.keptBytes !== range.total) return;
  const hash = /crc32c=([^,]+)/.exec(String(request.headers['x-goog-hash'] ?? ''))?.[1] ?? null;
  session.object = session.bucket.insert({
    name: session.name,
    bytes: Buffer.concat(session.kept, session.keptBytes),
    contentType: session.contentType,
    metadata: {},
    ifGenerationMatch: session.ifGenerationMatch,
    crc32c: hash,
  });
  session.kept = [];
}

function answer(session: Session, response: ServerResponse): void {
  if (session.object !== null) {
    sendJson(response, 200, toResource(session.bucket, session.object));
    return;
  }
  const persisted = session.keptBytes - (session.keptBytes % GRANULARITY_BYTES);
  if (persisted > 0) response.setHeader('range', `bytes=0-${persisted - 1}`);
  response.writeHead(308, { 'content-length': '0' }).end();
}
