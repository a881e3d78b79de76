import { randomUUID } from 'node:crypto';
import { statusOf } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';
import { type ObjectResource, parseResource } from './object-resource.ts';
import { retrying } from './retrying.ts';
import { sendRequest, toRefusal } from './send-request.ts';

export interface WholeObject {
  readonly key: string;
  readonly bytes: Buffer;
  readonly crc32c: string;
  readonly signal: AbortSignal | undefined;
}

/** Creates an object in one request, which Google does only when the checksum is right. */
export async function insertWhole(context: GcsContext, object: WholeObject): Promise<ObjectResource> {
  const { bucket, endpoint, retry } = context;
  const { key, signal } = object;
  const writeId = randomUUID();
  const { contentType, body } = toMultipart(object, writeId);
  const url = `${endpoint}/upload/storage/v1/b/${bucket.name}/o?uploadType=multipart&ifGenerationMatch=0`;
  return retrying(
    async (attempt) => {
      const headers = await context.authorization();
      headers.set('content-type', contentType);
      const answer = await sendRequest({ method: 'POST', url, headers, body, signal });
      if (answer.status === 200) return parseResource(JSON.parse(answer.text));
      // The answer to an earlier attempt may have been lost: then the object is there, and is ours.
      const written = answer.status === 412 && attempt > 1 ? await find(context, key) : null;
      if (written?.metadata?.['write'] === writeId) return written;
      throw toRefusal(answer);
    },
    { policy: retry, signal },
  );
}

async function find({ bucket }: GcsContext, key: string): Promise<ObjectResource | null> {
  try {
    const [metadata] = await bucket.file(key).getMetadata();
    return parseResource(metadata);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** `multipart/related`: the description, then the bytes. */
function toMultipart({ key, bytes, crc32c }: WholeObject, writeId: string) {
  const boundary = `instashare-${randomUUID()}`;
  const type = 'application/octet-stream';
  const description = JSON.stringify({ name: key, contentType: type, crc32c, metadata: { write: writeId } });
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${description}\r\n`),
    Buffer.from(`--${boundary}\r\ncontent-type: ${type}\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { contentType: `multipart/related; boundary=${boundary}`, body };
}
