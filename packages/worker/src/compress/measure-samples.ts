import type { ObjectStore } from '@instashare/backend/storage';
import { collect } from '@instashare/backend/streams';
import type { CompressFrame } from './compress-frame.ts';
import { type Known, samplesOf } from './plan.ts';

/** How much the samples of a stored object shrink; null when it is so small that it has none. */
export async function measureSamples(
  objects: Pick<ObjectStore, 'read'>,
  object: { readonly key: string; readonly sizeBytes: number },
  options: { readonly compressFrame: CompressFrame; readonly level: number; readonly signal: AbortSignal },
): Promise<Known['sample']> {
  const spans = samplesOf(object.sizeBytes);
  if (spans.length === 0) return null;
  let contentBytes = 0;
  let encodedBytes = 0;
  for (const span of spans) {
    const content = await collect(await objects.read(object.key, { ...span, signal: options.signal }));
    contentBytes += content.length;
    encodedBytes += (await options.compressFrame(content, options.level)).length;
  }
  return { contentBytes, encodedBytes };
}
