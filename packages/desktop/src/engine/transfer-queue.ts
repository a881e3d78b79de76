const AT_ONCE = 3;

/** Runs a few at once, in the order in which they came; those that may not run now let others go first. */
export function createTransferQueue(run: (id: string) => Promise<void>, mayRun: (id: string) => boolean) {
  const waiting: string[] = [];
  let running = 0;

  async function runOne(id: string): Promise<void> {
    running += 1;
    await run(id);
    running -= 1;
    pump();
  }

  function pump(): void {
    while (running < AT_ONCE) {
      const at = waiting.findIndex(mayRun);
      const [id] = at === -1 ? [] : waiting.splice(at, 1);
      if (id === undefined) return;
      void runOne(id);
    }
  }

  return {
    push(id: string): void {
      waiting.push(id);
      // Those that are held stay so: to look through them for each that comes would take long.
      if (mayRun(id)) pump();
    },
    /** Before all others, when one of those that run has ended. */
    putBack(id: string): void {
      waiting.unshift(id);
    },
    /** Others may run from now on. */
    pump,
    /** Whether it was still waiting. */
    remove(id: string): boolean {
      const at = waiting.indexOf(id);
      if (at !== -1) waiting.splice(at, 1);
      return at !== -1;
    },
    clear(): void {
      waiting.length = 0;
    },
  };
}
