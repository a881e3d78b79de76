/** The same bytes in pieces of `frameBytes`, the last one shorter. Each piece has memory of its own. */
export async function* inFrames(source: AsyncIterable<Buffer>, frameBytes: number): AsyncGenerator<Buffer> {
  let frame = Buffer.allocUnsafeSlow(frameBytes);
  let filled = 0;
  for await (const chunk of source) {
    for (let taken = 0; taken < chunk.length; ) {
      const copied = chunk.copy(frame, filled, taken);
      taken += copied;
      filled += copied;
      if (filled < frameBytes) break;
      yield frame;
      frame = Buffer.allocUnsafeSlow(frameBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield frame.subarray(0, filled);
}
