/** Passes values on, but no more than one in `intervalMs`, with the number of those that were left out before it. */
export function atMostEvery<T>(
  intervalMs: number,
  pass: (value: T, left: number) => void,
  nowMs: () => number = () => performance.now(),
): (value: T) => void {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  let left = 0;
  return (value) => {
    if (nowMs() < nextAtMs) {
      left += 1;
      return;
    }
    nextAtMs = nowMs() + intervalMs;
    pass(value, left);
    left = 0;
  };
}
