import type { CommandContext } from '../context.ts';

/** One line on a terminal that says how it goes; anywhere else it shows nothing. */
export interface StatusLine extends Disposable {
  /** What to show from now on, asked for now and then. */
  readonly update: () => void;
  /** Says something that stays, above the line. */
  readonly around: (say: () => void) => void;
}

const REDRAW_EVERY_MS = 100;
const DEFAULT_COLUMNS = 80;
const CLEAR = '\r\u001B[K';

export function createStatusLine(
  { output, stderr, environment }: Pick<CommandContext, 'environment' | 'output' | 'stderr'>,
  text: () => string,
): StatusLine {
  if (output.isJson || !stderr.isTTY || environment['TERM'] === 'dumb') {
    return { update: () => {}, around: (say) => say(), [Symbol.dispose]: () => {} };
  }
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  const clear = () => {
    if (drawnAtMs > Number.NEGATIVE_INFINITY) stderr.write(CLEAR);
    drawnAtMs = Number.NEGATIVE_INFINITY;
  };
  return {
    update() {
      const nowMs = performance.now();
      if (nowMs - drawnAtMs < REDRAW_EVERY_MS) return;
      drawnAtMs = nowMs;
      // One less: a terminal wraps when its last column is written to.
      stderr.write(CLEAR + fit(text(), (stderr.columns || DEFAULT_COLUMNS) - 1));
    },
    around(say) {
      clear();
      say();
    },
    [Symbol.dispose]: clear,
  };
}

/** No longer than so many characters: what is too long loses its end. */
export function fit(text: string, columns: number): string {
  const characters = Array.from(text);
  return characters.length <= columns ? text : `${characters.slice(0, columns - 1).join('')}…`;
}
