import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { wholeNumber } from './whole-number.ts';

test('takes whole numbers of the range, and nothing else', () => {
  const read = wholeNumber(1, 32);
  expect([read('1'), read('32'), read('08')]).toEqual([1, 32, 8]);
  for (const text of ['0', '33', '-1', '1.5', '1e1', '', ' 1', '0x1', 'many']) {
    expect(() => read(text), text).toThrow(InvalidArgumentError);
  }
});
