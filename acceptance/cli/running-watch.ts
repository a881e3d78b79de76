import { expect } from 'vitest';
import { until } from '../harness/poll.ts';
import type { Person } from './support.ts';

export interface RunningWatch extends AsyncDisposable {
  readonly said: (what: RegExp) => Promise<unknown>;
  /** All that it has printed. */
  readonly shown: () => string;
}

/** A watch that has looked through its folders, until it is disposed of. */
export async function startWatch(person: Person, ...args: string[]): Promise<RunningWatch> {
  const stop = new AbortController();
  let shown = '';
  const onStdout = (text: string) => (shown += text);
  const ended = person.run(['watch', ...args], { stop: stop.signal, onStdout });
  const said = (what: RegExp) =>
    until(`the watch to say ${what.source}`, () => (what.test(shown) ? true : null));
  return {
    said,
    shown: () => shown,
    async [Symbol.asyncDispose]() {
      stop.abort();
      expect(await ended, 'told to end, it ends well').toMatchObject({ exitCode: 0, stderr: '' });
    },
  };
}
