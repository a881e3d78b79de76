import { expect, test } from 'vitest';
import { unsetEmpty } from './unset-empty.ts';

test('what is empty is not set, and everything else stays', () => {
  const environment = { STORAGE_EMULATOR_HOST: '', PORT: '0', SPACE: ' ' };
  unsetEmpty(environment);
  expect(environment).toEqual({ PORT: '0', SPACE: ' ' });
});
