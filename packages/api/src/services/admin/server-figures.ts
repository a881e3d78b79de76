import type { ServerTotals } from '@instashare/backend/database';

export interface ServerFigures extends ServerTotals {
  readonly countedAt: Date;
}

/** What the server holds, counted when it is asked for, and at most once in a while: that reads the largest tables. */
export interface FiguresReader {
  read(): Promise<ServerFigures>;
}

const KEPT_MS = 60_000;

/** Who asks while it is being counted, however long that takes, gets the same answer; a count that fails is not kept. */
export function createFiguresReader({
  count,
  now,
}: {
  readonly count: () => Promise<ServerTotals>;
  readonly now: () => Date;
}): FiguresReader {
  let last: ServerFigures | null = null;
  let counting: Promise<ServerFigures> | null = null;
  const countNow = async (): Promise<ServerFigures> => {
    try {
      last = { ...(await count()), countedAt: now() };
      return last;
    } finally {
      counting = null;
    }
  };
  return {
    async read() {
      if (last !== null && now().getTime() - last.countedAt.getTime() < KEPT_MS) return last;
      counting ??= countNow();
      return counting;
    },
  };
}
