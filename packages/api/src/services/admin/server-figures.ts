import type { ServerTotals } from '@instashare/backend/database';

export interface ServerFigures extends ServerTotals {
  readonly countedAt: Date;
}

/** What the server holds, counted when it is asked for, and at most once in a while: that reads the largest tables. */
export interface FiguresReader {
  read(): Promise<ServerFigures>;
}

const KEPT_MS = 60_000;

/** Who asks while it is being counted gets the same answer; a count that fails is not kept. */
export function createFiguresReader({
  count,
  now,
}: {
  readonly count: () => Promise<ServerTotals>;
  readonly now: () => Date;
}): FiguresReader {
  let last: { readonly askedAt: Date; readonly figures: Promise<ServerFigures> } | null = null;
  const countNow = async (): Promise<ServerFigures> => ({ ...(await count()), countedAt: now() });
  return {
    read() {
      const askedAt = now();
      if (last !== null && askedAt.getTime() - last.askedAt.getTime() < KEPT_MS) return last.figures;
      const asked = { askedAt, figures: countNow() };
      last = asked;
      asked.figures.catch(() => {
        if (last === asked) last = null;
      });
      return asked.figures;
    },
  };
}
