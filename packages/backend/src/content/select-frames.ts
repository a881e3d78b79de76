import type { Frame } from './seek-table.ts';

/** The frames that a part of the content is in; they lie side by side. */
export interface FrameSelection {
  readonly frames: readonly Frame[];
  /** Where the first of them starts in the object. */
  readonly storedOffset: number;
  readonly storedBytes: number;
  /** Where the first of them starts in the content. */
  readonly contentOffset: number;
}

/** The frames that hold bytes `[offset, end)` of the content. */
export function selectFrames(frames: readonly Frame[], offset: number, end: number): FrameSelection {
  let first = 0;
  let storedOffset = 0;
  let contentOffset = 0;
  for (const frame of frames) {
    if (contentOffset + frame.contentBytes > offset) break;
    storedOffset += frame.storedBytes;
    contentOffset += frame.contentBytes;
    first += 1;
  }
  let last = first;
  let storedBytes = 0;
  let reached = contentOffset;
  for (; last < frames.length && reached < end; last += 1) {
    storedBytes += frames[last]?.storedBytes ?? 0;
    reached += frames[last]?.contentBytes ?? 0;
  }
  return { frames: frames.slice(first, last), storedOffset, storedBytes, contentOffset };
}
