import { expect, test } from 'vitest';
import { statementKind } from './statement-kind.ts';

test('is one of few words, whatever the statement', () => {
  const kinds = [
    'SELECT 1',
    '\n  insert into files',
    'START TRANSACTION',
    'WITH moved AS (UPDATE …)',
    'SET LOCAL x = 1',
    '',
    '-- remark',
  ].map(statementKind);
  expect(kinds).toEqual(['select', 'insert', 'begin', 'with', 'other', 'other', 'other']);
});
