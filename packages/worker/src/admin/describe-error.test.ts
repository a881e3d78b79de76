import { StorageError } from '@instashare/backend/errors';
import { expect, test } from 'vitest';
import { AdminError } from './admin-error.ts';
import { describeError } from './describe-error.ts';

test('of a failure that is expected the message is said, of a bug where it is', () => {
  expect(describeError(new AdminError('Not so.'))).toBe('Not so.');
  expect(describeError(new TypeError('bug'))).toContain('describe-error.test.ts');
  const cause = new Error("EACCES: permission denied, open '/x'");
  const failed = new StorageError('storage_failed', 'The disk could not be used', { cause });
  expect(describeError(failed)).toBe("The disk could not be used: EACCES: permission denied, open '/x'");
});

test('of several failures each is said', () => {
  const each = [new AdminError('One.'), new AdminError('Two.')];
  expect(describeError(new AggregateError(each, 'Parts failed'))).toBe('Parts failed:\n  One.\n  Two.');
  expect(describeError(new AggregateError(each))).toBe('One.\n  Two.');
});
