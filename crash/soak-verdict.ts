/** What is measured of a soak, and what of it is a fault. Pure: `soak-verdict.test.ts` shows what it finds. */

/** Of one process at one moment. */
export interface Sample {
  readonly program: string;
  readonly atMs: number;
  /** JavaScript's heap and what lies outside of it. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export interface Latency {
  readonly atMs: number;
  readonly ms: number;
}

/** Of one process before the work and after it, when it has nothing to do. */
export interface Rest {
  readonly program: string;
  /** Open files and connections but those of the clients, which are theirs to close. */
  readonly handles: number;
}

const MEBIBYTE = 1024 * 1024;
/** Caches and pools fill up for a while; what grows without end grows by more than this at last. */
const HEAP = { slackBytes: 48 * MEBIBYTE, factor: 1.5 };
const RESIDENT = { slackBytes: 128 * MEBIBYTE, factor: 1.5 };
/** Connections to the database and the queue are made when they are first needed. */
const HANDLES_SLACK = 40;
/** A machine has other work, too. */
const LATENCY = { slackMs: 150, factor: 2 };

function thirdsOf<T extends { readonly atMs: number }>(list: readonly T[]): { first: T[]; last: T[] } {
  const times = list.map(({ atMs }) => atMs);
  const [begin, end] = [Math.min(...times), Math.max(...times)];
  const third = (end - begin) / 3;
  return {
    first: list.filter(({ atMs }) => atMs <= begin + third),
    last: list.filter(({ atMs }) => atMs >= end - third),
  };
}

/** 0 of none. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** Memory that grows: the least heap of the last third, after its collections, and the resident memory's median. */
export function memoryFaults(samples: readonly Sample[]): string[] {
  return [...new Set(samples.map(({ program }) => program))].flatMap((program) => {
    const { first, last } = thirdsOf(samples.filter((sample) => sample.program === program));
    const heap = (list: readonly Sample[]) => Math.min(...list.map(({ heapBytes }) => heapBytes));
    const resident = (list: readonly Sample[]) => medianOf(list.map(({ residentBytes }) => residentBytes));
    return [
      ...growth(`the heap of the ${program}`, { from: heap(first), to: heap(last), ...HEAP }),
      ...growth(`the memory of the ${program}`, { from: resident(first), to: resident(last), ...RESIDENT }),
    ];
  });
}

function growth(
  what: string,
  { from, to, slackBytes, factor }: { from: number; to: number; slackBytes: number; factor: number },
): string[] {
  if (to <= from * factor + slackBytes) return [];
  return [`${what} grew from ${Math.round(from / MEBIBYTE)} to ${Math.round(to / MEBIBYTE)} MiB`];
}

export const handleFaults = (before: readonly Rest[], after: readonly Rest[]): string[] =>
  after.flatMap(({ program, handles }) => {
    const had = before.find((rest) => rest.program === program)?.handles ?? 0;
    return handles <= had + HANDLES_SLACK ? [] : [`the ${program} had ${had} handles and kept ${handles}`];
  });

export function latencyFaults(latencies: readonly Latency[]): string[] {
  const { first, last } = thirdsOf(latencies);
  const [from, to] = [first, last].map((list) => medianOf(list.map(({ ms }) => ms)));
  if (from === undefined || to === undefined || to <= from * LATENCY.factor + LATENCY.slackMs) return [];
  return [`the median of all answers went from ${Math.round(from)} to ${Math.round(to)} ms`];
}
