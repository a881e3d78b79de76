import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { badRequest, contentLength, GoogleError, readBody, sendJson } from './answer.ts';
import { type Bucket, type StoredObject, toResource } from './bucket.ts';
import { arrived, type Fault } from './faults.ts';

/** `bytes=a-b` of `sizeBytes`, its end exclusive; null for the whole. 416 when there is no such byte. */
function requestedSpan(header: string | undefined, sizeBytes: number) {
  if (header === undefined) return null;
  const match = /^bytes=(\d+)-(\d*)$/.exec(header);
  if (match === null) throw badRequest(`This server takes no range "${header}"`);
  const start = Number(match[1]);
  const end = Math.min(sizeBytes, match[2] === '' ? sizeBytes : Number(match[2]) + 1);
  if (start >= sizeBytes) {
    throw new GoogleError(416, 'requestedRangeNotSatisfiable', 'Request range not satisfiable');
  }
  return { start, end };
}

/** Bytes of an object, whole or a range, with the headers that Google gives. */
export function sendMedia(
  object: StoredObject,
  { request, response, fault }: { request: IncomingMessage; response: ServerResponse; fault: Fault | null },
): void {
  const sizeBytes = object.bytes.length;
  const span = requestedSpan(request.headers.range, sizeBytes);
  const start = span?.start ?? 0;
  const longest = fault?.kind === 'short-read' ? fault.bytes : sizeBytes;
  const bytes = object.bytes.subarray(start, Math.min(span?.end ?? sizeBytes, start + longest));
  response.writeHead(span === null ? 200 : 206, {
    'content-length': bytes.length,
    'content-type': object.contentType,
    'x-goog-generation': object.generation,
    'x-goog-hash': `crc32c=${object.crc32c}`,
    'x-goog-stored-content-encoding': 'identity',
    'x-goog-stored-content-length': sizeBytes,
    ...(span === null ? {} : { 'content-range': `bytes ${start}-${start + bytes.length - 1}/${sizeBytes}` }),
  });
  if (fault?.kind === 'cut-answer')
    response.write(bytes.subarray(0, fault.afterBytes), () => response.destroy());
  else response.end(bytes);
}

/** S15: strict, so that no object can be given a Content-Encoding. */
const descriptionSchema = z.strictObject({
  name: z.string(),
  contentType: z.string(),
  crc32c: z.string().nullable().default(null),
  metadata: z.record(z.string(), z.string()).default({}),
});

/**
 * What a session says of the object that it becomes. Google looks past what it does not know, so that a length given
 * here and not by its header would bind nothing: our driver says nothing of it.
 */
const sessionSchema = z.strictObject({});

export async function requireDescription(request: IncomingMessage): Promise<void> {
  const body = (await readBody(request)).toString();
  const description = sessionSchema.safeParse(body === '' ? {} : JSON.parse(body));
  if (!description.success) throw badRequest(description.error.message);
}

/** `uploadType=multipart`: a description and the bytes, in one `multipart/related` body. */
export async function insertMultipart(
  bucket: Bucket,
  request: IncomingMessage,
  { ifGenerationMatch, fault }: { readonly ifGenerationMatch: number | null; readonly fault: Fault | null },
): Promise<StoredObject> {
  const boundary = /^multipart\/related; boundary=(\S+)$/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) throw badRequest('multipart/related with a boundary is needed');
  const lengthBytes = contentLength(request);
  const body = await readBody(request);
  if (body.length !== lengthBytes) throw badRequest('The body ended early');
  const [description, media] = splitParts(body, boundary);
  const described = descriptionSchema.safeParse(JSON.parse(description.bytes.toString()));
  if (!described.success) throw badRequest(described.error.message);
  const { name, crc32c, metadata } = described.data;
  const contentType = media.type;
  return bucket.insert({
    name,
    bytes: arrived(media.bytes, fault),
    contentType,
    metadata,
    crc32c,
    ifGenerationMatch,
  });
}

interface Part {
  readonly type: string;
  readonly bytes: Buffer;
}

function splitParts(body: Buffer, boundary: string): [Part, Part] {
  const opening = `--${boundary}\r\n`;
  const closing = Buffer.from(`\r\n--${boundary}--\r\n`);
  const second = body.indexOf(`\r\n${opening}`);
  const isFramed =
    body.indexOf(opening) === 0 && second > 0 && body.subarray(-closing.length).equals(closing);
  if (!isFramed) throw badRequest('Malformed multipart body.');
  return [
    parsePart(body.subarray(opening.length, second)),
    parsePart(body.subarray(second + 2 + opening.length, body.length - closing.length)),
  ];
}

function parsePart(part: Buffer): Part {
  const split = part.indexOf('\r\n\r\n');
  const type = /^content-type: *(.+)$/im.exec(part.subarray(0, split).toString())?.[1];
  if (split < 0 || type === undefined) throw badRequest('Each part needs a Content-Type.');
  return { type: type.trim(), bytes: part.subarray(split + 4) };
}

export function sendList(bucket: Bucket, query: URLSearchParams, response: ServerResponse): void {
  const limit = Math.min(Number(query.get('maxResults') ?? 1000), 1000);
  const token = query.get('pageToken');
  const after = token === null ? null : Buffer.from(token, 'base64url').toString();
  if (token !== null && !bucket.objects.has(after ?? '')) throw badRequest('Invalid pageToken.');
  const [prefix, from] = [query.get('prefix') ?? '', query.get('startOffset') ?? ''];
  const found = bucket.list({ prefix, from, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  sendJson(response, 200, {
    kind: 'storage#objects',
    items: page.map((object) => toResource(bucket, object)),
    ...(last === undefined ? {} : { nextPageToken: Buffer.from(last.name).toString('base64url') }),
  });
}
