import { encodeSeekTable, type Frame, frameChecksum } from '@instashare/backend/content';
import { freeMemory } from '@instashare/backend/streams';
import type { CompressFrame } from './compress-frame.ts';
import { inFrames } from './in-frames.ts';
import type { Release, Slots } from './slots.ts';

export interface EncodeOptions {
  readonly frameBytes: number;
  readonly compressFrame: CompressFrame;
  readonly level: number;
  /** One for each frame in memory. */
  readonly slots: Slots;
}

interface FrameInFlight {
  readonly compressed: Promise<Buffer>;
  readonly contentBytes: number;
  readonly release: Release;
}

/**
 * Encodes content as zstd frames and, when there is more than one, a seek table behind them. Frames are
 * compressed side by side on the thread pool and come out in order; how many there are at once is up to the
 * slots. Ending it early frees everything. A chunk of the source that is a piece by itself is freed when it is compressed:
 * nobody else may use it.
 */
export async function* encodeFrames(
  source: AsyncIterable<Buffer>,
  options: EncodeOptions,
): AsyncGenerator<Buffer> {
  const contents = inFrames(source, options.frameBytes);
  const frames: Frame[] = [];
  const inFlight: FrameInFlight[] = [];
  const emitFirst = async function* (): AsyncGenerator<Buffer> {
    const first = inFlight[0];
    if (first === undefined) return;
    const compressed = await first.compressed;
    const { contentBytes } = first;
    frames.push({ storedBytes: compressed.length, contentBytes, ...frameChecksum(compressed) });
    yield compressed;
    inFlight.shift();
    first.release();
  };

  try {
    for (;;) {
      let release = options.slots.tryTake();
      // Whoever holds slots gives the oldest back before it takes another.
      while (release === null && inFlight.length > 0) {
        yield* emitFirst();
        release = options.slots.tryTake();
      }
      release ??= await options.slots.take();
      const frame = await startFrame(contents, options, release);
      if (frame === null) break;
      inFlight.push(frame);
    }
    while (inFlight.length > 0) yield* emitFirst();
    if (frames.length > 1) yield encodeSeekTable(frames);
  } finally {
    for (const { release } of inFlight) release();
    await contents.return(undefined);
  }
}

/** Reads the next frame's content and starts on it; null, and the slot given back, when there is no more. */
async function startFrame(
  contents: AsyncIterator<Buffer>,
  { compressFrame, level }: Pick<EncodeOptions, 'compressFrame' | 'level'>,
  release: Release,
): Promise<FrameInFlight | null> {
  let frame: FrameInFlight | null = null;
  try {
    const next = await contents.next();
    if (next.done === true) return null;
    const compressed = compressFrame(next.value, level);
    // Its failure is seen when its turn comes; until then it must not count as unhandled.
    void compressed.catch(() => {}).finally(() => freeMemory(next.value));
    frame = { compressed, contentBytes: next.value.length, release };
    return frame;
  } finally {
    if (frame === null) release();
  }
}
