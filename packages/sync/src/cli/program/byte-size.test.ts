import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { byteSize } from './byte-size.ts';

test('reads numbers of bytes with and without a unit', () => {
  const texts = ['1', '500k', '20M', '20 MB', '1.5G', '2t', '64Ki', '1MiB', '0.5k'];
  expect(texts.map(byteSize)).toEqual([
    1, 500_000, 20_000_000, 20_000_000, 1_500_000_000, 2_000_000_000_000, 65_536, 1_048_576, 500,
  ]);
});

test.each(['', '0', '-1', 'M', '1x', '1 000', '1e3', '99999999T', '0.1'])('refuses "%s"', (text) => {
  expect(() => byteSize(text)).toThrow(InvalidArgumentError);
});
