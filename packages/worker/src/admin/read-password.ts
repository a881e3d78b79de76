import { createInterface, type Interface } from 'node:readline/promises';
import { addAbortSignal, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReadStream, WriteStream } from 'node:tty';
import { AdminError } from './admin-error.ts';

interface Terminal {
  readonly stdin: ReadStream;
  readonly stderr: Pick<WriteStream, 'write'>;
  /** Aborted by Ctrl-C and Ctrl-D: while a password is typed they are keys, and no signal. */
  readonly stop: AbortController;
}

/**
 * A new password: the first line of standard input, or on a terminal what is typed there, twice, since a slip would lock
 * its owner out. Nothing that is typed is shown.
 */
export async function readPassword(terminal: Terminal): Promise<string> {
  const { stdin, stop } = terminal;
  if (!stdin.isTTY) return firstLineOf(await text(addAbortSignal(stop.signal, stdin)));
  const readline = createInterface({ input: stdin, output: nowhere(), terminal: true, historySize: 0 });
  const end = () => stop.abort();
  readline.on('SIGINT', end).on('close', end);
  try {
    const password = await ask(readline, 'New password', terminal);
    if ((await ask(readline, 'New password again', terminal)) === password) return password;
    throw new AdminError('The two passwords differ: nothing was done.');
  } finally {
    readline.off('close', end).close();
  }
}

async function ask(readline: Interface, question: string, { stderr, stop }: Terminal): Promise<string> {
  stderr.write(`${question}: `);
  try {
    return await readline.question('', { signal: stop.signal });
  } finally {
    stderr.write('\n');
  }
}

/** Where readline shows what is typed. */
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

function firstLineOf(input: string): string {
  const [line = ''] = input.split('\n', 1);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
