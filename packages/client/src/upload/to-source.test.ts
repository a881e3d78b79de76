import { describe, expect, test } from 'vitest';
import type { UploadSource } from './source.ts';
import { toSource } from './to-source.ts';

const BYTES = new Uint8Array([1, 2, 3, 4, 5]);

async function readFrom(source: UploadSource, position: number): Promise<number[]> {
  const target = new Uint8Array(3);
  return [...target.subarray(0, await source.read(target, position))];
}

describe('what can be uploaded', () => {
  test.each([
    ['bytes', BYTES],
    ['a buffer', BYTES.buffer],
    ['a Blob', new Blob([BYTES])],
    ['a stream', new Blob([BYTES]).stream()],
    ['a stream, with a signal', new Blob([BYTES]).stream(), new AbortController().signal],
    ['a view of a larger buffer', new Uint8Array([0, ...BYTES, 0]).subarray(1, 6)],
  ])('%s: any part of it, again and again', async (_what, input, signal?: AbortSignal) => {
    const { source } = await toSource(input, signal);
    expect(source.sizeBytes).toBe(5);
    for (const [position, expected] of [
      [0, [1, 2, 3]],
      [3, [4, 5]],
      [0, [1, 2, 3]],
      [5, []],
    ] as const) {
      await expect(readFrom(source, position)).resolves.toEqual(expected);
    }
  });

  test('a File tells its type and when it was changed; a Blob without a type tells nothing', async () => {
    const file = new File([BYTES], 'a.png', { type: 'image/png', lastModified: 1_700_000_000_000 });
    const modifiedAt = new Date(1_700_000_000_000);
    await expect(toSource(file)).resolves.toMatchObject({ contentType: 'image/png', modifiedAt });
    const { contentType, modifiedAt: none } = await toSource(new Blob([BYTES]));
    expect([contentType, none]).toEqual([undefined, undefined]);
  });

  test('a source of one’s own is taken as it is', async () => {
    const own: UploadSource = { sizeBytes: 1, read: () => Promise.resolve(0) };
    expect((await toSource(own)).source).toBe(own);
  });

  test.each([[null], [undefined], ['text'], [{}], [5]])('%j is refused', async (input) => {
    // @ts-expect-error -- what JavaScript may give
    await expect(toSource(input)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test.each(['before', 'while it gives nothing'])('a stream is cancelled by an abort %s', async (when) => {
    const why = new Error('no longer wanted');
    const aborting = new AbortController();
    if (when === 'before') aborting.abort(why);
    const cancelled: unknown[] = [];
    const still = new ReadableStream<Uint8Array>({ cancel: (reason) => void cancelled.push(reason) });
    const reading = toSource(still, aborting.signal);
    aborting.abort(why);
    await expect(reading).rejects.toBe(why);
    expect(cancelled).toEqual([why]);
  });

  test('a file that can not be read any more has changed', async () => {
    const blob = new Blob([BYTES]);
    const gone = new Error('gone');
    const part = Object.assign(new Blob([]), { arrayBuffer: () => Promise.reject(gone) });
    const { source } = await toSource(Object.assign(blob, { slice: () => part }));
    await expect(readFrom(source, 0)).rejects.toMatchObject({ code: 'source_changed', cause: gone });
  });
});
