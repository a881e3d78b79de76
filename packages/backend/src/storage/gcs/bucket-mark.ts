import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { decodeMark, encodeMark, MARK_NAME } from '../instance-mark.ts';
import { createCrc32c } from './crc32c.ts';
import { statusOf } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';
import { insertWhole } from './insert-whole.ts';
import { openRange } from './open-range.ts';
import { retrying } from './retrying.ts';

const READ_TIMEOUT_MS = 30_000;

/** `ObjectStore.readMark` in a bucket. */
export async function readMark(context: GcsContext): Promise<string | null> {
  try {
    return await retrying(() => readOnce(context), { policy: context.retry });
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

async function readOnce(context: GcsContext): Promise<string> {
  const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
  const request = { key: MARK_NAME, offset: 0, end: Number.POSITIVE_INFINITY, signal };
  const { chunks } = await openRange(context, request);
  return decodeMark(await buffer(Readable.from(chunks)));
}

/** `ObjectStore.mark` in a bucket: an object beside the others. */
export async function writeMark(context: GcsContext, instanceId: string): Promise<string> {
  const bytes = encodeMark(instanceId);
  const crc32c = createCrc32c();
  crc32c.update(bytes);
  const object = { key: MARK_NAME, bytes, crc32c: crc32c.digest(), signal: undefined };
  try {
    await insertWhole(context, object);
  } catch (error) {
    // The first one stays.
    if (statusOf(error) !== 412) throw error;
  }
  return (await readMark(context)) ?? '';
}
