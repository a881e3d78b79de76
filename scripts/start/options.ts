import { parseArgs } from 'node:util';
import { describe, StartError } from './start-error.ts';

export interface StartOptions {
  readonly help: boolean;
  /** The folder to upload from, as it was given; null when there is none. */
  readonly watch: string | null;
  /** Where its files go on the server; null: to the root of the account. */
  readonly to: string | null;
}

export const HELP = `Starts Instashare on this machine: database, API and worker. Ctrl-C stops it.

  npm start                       serve
  npm start -- --watch FOLDER     serve, and upload FOLDER and whatever changes in it
  npm start -- --watch FOLDER --to PREFIX   the same, below PREFIX on the server
  npm start -- --help             this text

Configured by the environment, and by .env in the checkout (see .env.example), first of all:
  PORT, HOST              where the API listens (8321, 127.0.0.1)
  INSTASHARE_DATA_DIR     where all data lives (.instashare)
  DATABASE_URL            a PostgreSQL of your own instead of the embedded one
`;

/** Reads the command line. Throws a {@link StartError} that says how it should look. */
export function parseOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        watch: { type: 'string', multiple: true, default: [] },
        to: { type: 'string' },
      },
      strict: true,
      allowPositionals: false,
    });
    const [watch = null, ...more] = values.watch;
    if (more.length > 0) throw new Error("Option '--watch' takes one folder");
    if (watch === '') throw new Error("Option '--watch <value>' argument missing");
    const { help, to = null } = values;
    if (to === '') throw new Error("Option '--to <value>' argument missing");
    if (to !== null && watch === null) throw new Error("Option '--to' goes with '--watch'");
    return { help, watch, to };
  } catch (error) {
    // The commonest mistake: npm keeps what stands before "--" for itself.
    throw new StartError(`${describe(error)}. Use: npm start -- [--watch FOLDER [--to PREFIX]]`, {
      cause: error,
    });
  }
}
