import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './context.ts';
import { EXIT_INTERRUPTED, EXIT_USAGE } from './exit-codes.ts';

type Asking = Pick<CommandContext, 'stdin' | 'stderr' | 'signal'>;

const interrupted = () => new CliError('Interrupted', { code: 'interrupted', exitCode: EXIT_INTERRUPTED });

/** Asks for a line. */
export async function ask({ stdin, stderr, signal }: Asking, question: string): Promise<string> {
  if (!stdin.isTTY) {
    throw new CliError(`There is no terminal to ask for "${question}": give it as an option`, {
      code: 'usage',
      exitCode: EXIT_USAGE,
    });
  }
  const readline = createInterface({ input: stdin, output: stderr });
  try {
    return (await readline.question(`${question}: `, { signal })).trim();
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw interrupted();
    throw cause;
  } finally {
    readline.close();
  }
}

/** Asks for a password; what is typed is not shown. */
export function askPassword({ stdin, stderr }: Asking, question: string): Promise<string> {
  if (!stdin.isTTY) {
    throw new CliError('There is no terminal to ask for a password: pipe it in and use --password-stdin', {
      code: 'usage',
      exitCode: EXIT_USAGE,
    });
  }
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = () => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const onData = (chunk: Buffer) => {
      for (const character of chunk.toString('utf8')) {
        if (character === '\r' || character === '\n') {
          end();
          resolve(typed);
          return;
        }
        // Ctrl-C, or Ctrl-D on an empty line: in raw mode they are mere characters.
        if (character === '\u0003' || (character === '\u0004' && typed === '')) {
          end();
          reject(interrupted());
          return;
        }
        typed = applyKey(typed, character);
      }
    };
    stderr.write(`${question}: `);
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
  });
}

function applyKey(typed: string, character: string): string {
  if (character === '\u007f' || character === '\b') return Array.from(typed).slice(0, -1).join('');
  // Ctrl-U begins anew.
  if (character === '\u0015') return '';
  return character < ' ' ? typed : typed + character;
}

/** The password on standard input: its first line, without the line's end. */
export async function readPassword(stdin: Asking['stdin']): Promise<string> {
  const [line = ''] = (await text(stdin)).split('\n', 1);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
