import type { ReadStream, WriteStream } from 'node:tty';
import type { Output } from './output.ts';
import type { Style } from './style.ts';

/** What a command line has of the world. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
}

/** What every command is given. */
export interface CommandContext extends Surroundings {
  readonly output: Output;
  /** For what goes to standard output. */
  readonly style: Style;
  /** Where credentials and state are kept. */
  readonly configFolder: string;
  /** As given by `--server`. */
  readonly server: string | undefined;
  /** Aborted when the person, or the one who started us, wants it to stop. */
  readonly signal: AbortSignal;
}
