import type { WriteStream } from 'node:tty';

/** One line on a terminal that says how far a long command has come; anywhere else it shows nothing. */
export interface Progress {
  /** Shows what `text` gives, now and then, until it is disposed of. */
  readonly show: (text: () => string) => Disposable;
  /** Says something that stays, above the line. */
  readonly around: (say: () => void) => void;
}

const REDRAW_EVERY_MS = 1000;
const DEFAULT_COLUMNS = 80;
const CLEAR = '\r\u001B[K';

export function createProgress(
  terminal: Pick<WriteStream, 'columns' | 'isTTY' | 'write'>,
  { isJson, term }: { readonly isJson: boolean; readonly term: string | undefined },
): Progress {
  if (isJson || !terminal.isTTY || term === 'dumb')
    return { show: () => ({ [Symbol.dispose]() {} }), around: (say) => say() };
  let isDrawn = false;
  const clear = () => {
    if (isDrawn) terminal.write(CLEAR);
    isDrawn = false;
  };
  return {
    show(text) {
      const timer = setInterval(() => {
        isDrawn = true;
        // One less: a terminal wraps when its last column is written to.
        terminal.write(CLEAR + text().slice(0, (terminal.columns || DEFAULT_COLUMNS) - 1));
      }, REDRAW_EVERY_MS);
      timer.unref();
      return {
        [Symbol.dispose]() {
          clearInterval(timer);
          clear();
        },
      };
    },
    around(say) {
      clear();
      say();
    },
  };
}
