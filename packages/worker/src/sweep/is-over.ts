/** A step goes on for as long as this while there is more to do: removing must keep up with what is made. */
const BUDGET_MS = 10_000;

/** Whether a step that began at `startedMs` should leave the rest to the next sweep. */
export function isOver({
  startedMs,
  signal,
}: {
  readonly startedMs: number;
  readonly signal: AbortSignal;
}): boolean {
  return signal.aborted || performance.now() - startedMs > BUDGET_MS;
}
