import type { WriteStream } from 'node:tty';
import type { Style } from './style.ts';

/** How a command speaks: lines for a person, or with `--json` one event a line for a program. */
export interface Output {
  readonly isJson: boolean;
  /** A result: on standard output. With `--json` the event, otherwise the text (nothing when it is null). */
  result(event: JsonEvent, text: string | null): void;
  /** Something beside the result, for a person only: on standard error. */
  note(text: string): void;
  /** On standard error; with `--json` an event as well. */
  error(error: ToldError): void;
}

export interface ToldError {
  readonly code: string;
  readonly message: string;
  /** The one of several that it concerns. */
  readonly path?: string | undefined;
}

/** The events of `--json`. */
export type JsonEvent = Readonly<Record<string, unknown>> & { readonly event: string };

export interface OutputStreams {
  readonly stdout: Pick<WriteStream, 'write'>;
  readonly stderr: Pick<WriteStream, 'write'>;
}

export interface OutputOptions {
  readonly isJson: boolean;
  /** For what goes to standard error. */
  readonly errorStyle: Style;
}

export function createOutput(
  { stdout, stderr }: OutputStreams,
  { isJson, errorStyle }: OutputOptions,
): Output {
  const line = (stream: Pick<WriteStream, 'write'>, text: string) => stream.write(`${text}\n`);
  const eventLine = createGathering((lines) => stdout.write(lines));
  return {
    isJson,
    result(event, text) {
      if (isJson) eventLine(JSON.stringify(event));
      else if (text !== null) line(stdout, text);
    },
    note(text) {
      if (!isJson) line(stderr, text);
    },
    error({ code, message, path }) {
      if (isJson) eventLine(JSON.stringify({ event: 'error', code, message, path }));
      line(stderr, `${errorStyle.red('instashare:')} ${message}`);
    },
  };
}

/** Lines that come in one go, such as those of a thousand files that were stored together, are written in one go. */
function createGathering(write: (lines: string) => void): (line: string) => void {
  let gathered = '';
  const flush = () => {
    write(gathered);
    gathered = '';
  };
  return (line) => {
    if (gathered === '') queueMicrotask(flush);
    gathered += `${line}\n`;
  };
}
