/**
 * A task that never runs twice at once: asked for while it runs, it runs once more afterwards, however often that was.
 * What is returned settles with the run that was asked for.
 */
export function oneAtATime(task: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function begin(): Promise<void> {
    const run = task().finally(() => {
      current = null;
    });
    current = run;
    return run;
  }

  return () => {
    if (next !== null) return next;
    if (current === null) return begin();
    next = current
      .catch(() => undefined)
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
