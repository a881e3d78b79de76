/**
 * The same bytes in pieces of `frameBytes`, the last one shorter. A chunk that holds a whole piece is not copied: the
 * piece is a part of it.
 */
export async function* inFrames(source: AsyncIterable<Buffer>, frameBytes: number): AsyncGenerator<Buffer> {
  let frame: Buffer | null = null;
  let filled = 0;
  for await (const chunk of source) {
    for (let taken = 0; taken < chunk.length; ) {
      const whole = frame === null ? chunk.subarray(taken, taken + frameBytes) : null;
      if (whole?.length === frameBytes) {
        taken += frameBytes;
        yield whole;
        continue;
      }
      frame ??= Buffer.allocUnsafeSlow(frameBytes);
      const copied = chunk.copy(frame, filled, taken);
      taken += copied;
      filled += copied;
      if (filled < frameBytes) break;
      yield frame;
      frame = null;
      filled = 0;
    }
  }
  if (frame !== null) yield frame.subarray(0, filled);
}
