import { expect, test } from 'vitest';
import { adviceFor } from './advice.ts';
import { asOfFolder, transferFailure } from './transfer-failure.ts';

const fault = (code: string): Error => Object.assign(new Error(`${code}: said by the system`), { code });

test.each([
  ['ENOENT', 'It is not there any more', 'That folder is not there any more'],
  ['EACCES', 'Your account may not read it', 'Your account may not write to that folder'],
  ['EROFS', 'EROFS: said by the system', 'Nothing can be written to that disk'],
])('%s is told of the file that goes up, and of the folder that one comes to', (code, ofFile, ofFolder) => {
  expect(transferFailure(fault(code)).message).toBe(ofFile);
  const told = transferFailure(asOfFolder(fault(code)));
  expect([told.message, adviceFor(told.code)]).toEqual([ofFolder, 'Download it to another folder.']);
});

test('whatever else a download fails by is told as it is', () => {
  const error = fault('ENOSPC');
  expect(asOfFolder(error)).toBe(error);
});
