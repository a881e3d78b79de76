/** A program of this folder in a process of its own, so that what it does is not counted to who measures. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

export interface ChildProgram extends AsyncDisposable {
  /** Sends a message, and gives the next one that comes back. */
  readonly ask: <T>(message: object, schema: z.ZodType<T>) => Promise<T>;
}

export function startProgram(file: string): ChildProgram {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { stdio: 'inherit' });
  return {
    async ask(message, schema) {
      const answered = answerOf(child);
      child.send(message);
      return schema.parse(await answered);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error('the program that measures has ended');
  });
  const answered = once(child, 'message', { signal: over.signal }).then(([message]: unknown[]) => message);
  try {
    return await Promise.race([answered, ended]);
  } finally {
    over.abort();
    // Else the one that lost fails later, with nobody to hear of it.
    await Promise.allSettled([answered, ended]);
  }
}
