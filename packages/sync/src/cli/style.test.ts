import { expect, test } from 'vitest';
import { createStyle, wantsColour } from './style.ts';

const onTerminal = (environment: Record<string, string>, isRefused = false) =>
  wantsColour({ isTTY: true }, { environment, isRefused });

test('colours only on a terminal that has them, for one who wants them', () => {
  expect(onTerminal({ TERM: 'xterm' })).toBe(true);
  expect(onTerminal({ TERM: 'xterm', NO_COLOR: '' }), 'set, but empty').toBe(true);
  expect(onTerminal({ TERM: 'xterm', NO_COLOR: '1' })).toBe(false);
  expect(onTerminal({ TERM: 'dumb' })).toBe(false);
  expect(onTerminal({ TERM: 'xterm' }, true), '--no-color').toBe(false);
  expect(wantsColour({}, { environment: { TERM: 'xterm' }, isRefused: false }), 'a pipe').toBe(false);
});

test('what is not wanted in colours is the text as it is', () => {
  expect(createStyle(false).red('text')).toBe('text');
  expect(createStyle(true).red('text')).toBe('\u001B[31mtext\u001B[39m');
});
