import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is written to a terminal of eight columns, or to a pipe, while a command works for two seconds. */
function written({ isTTY = true, isJson = false, term = 'xterm' }): string[] {
  const texts: string[] = [];
  const write = (text: string | Uint8Array) => texts.push(String(text)) > 0;
  const progress = createProgress({ columns: 8, isTTY, write }, { isJson, term });
  let done = 0;
  {
    using _ = progress.show(() => `${done} of 2000`);
    vi.advanceTimersByTime(1000);
    progress.around(() => texts.push('damaged: x\n'));
    done = 1;
    vi.advanceTimersByTime(1000);
  }
  vi.advanceTimersByTime(5000);
  return texts;
}

test('a terminal is told each second how far it is, in one line that makes way for what stays', () => {
  const clear = '\r\u001B[K';
  expect(written({})).toEqual([`${clear}0 of 20`, clear, 'damaged: x\n', `${clear}1 of 20`, clear]);
});

test('a pipe, a program and a terminal that can not are told nothing', () => {
  const nothing = ['damaged: x\n'];
  expect(written({ isTTY: false })).toEqual(nothing);
  expect(written({ isJson: true })).toEqual(nothing);
  expect(written({ term: 'dumb' })).toEqual(nothing);
});
