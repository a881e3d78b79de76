/** Bytes a second over the last few seconds, from a total that is read now and then. */
export interface Speedometer {
  /** Notes the total at a moment and gives the speed up to it. */
  sample(totalBytes: number, atMs: number): number;
}

const SPAN_MS = 5_000;

export function createSpeedometer(): Speedometer {
  const samples: { readonly totalBytes: number; readonly atMs: number }[] = [];
  return {
    sample(totalBytes, atMs) {
      samples.push({ totalBytes, atMs });
      while (samples.length > 2 && (samples[1]?.atMs ?? atMs) <= atMs - SPAN_MS) samples.shift();
      const [oldest] = samples;
      if (oldest === undefined || oldest.atMs === atMs) return 0;
      return Math.max(0, ((totalBytes - oldest.totalBytes) / (atMs - oldest.atMs)) * 1000);
    },
  };
}
