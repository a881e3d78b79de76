import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errors } from '@instashare/backend/errors';
import { ERROR_CODES } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { ERROR_STATUS } from './error-status.ts';

test('docs/errors.md lists every code, with its status and what it means', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8');
  const documented = Array.from(page.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \|$/gm), ([, ...cells]) => cells);
  const status = (code: string) =>
    String(Object.entries(ERROR_STATUS).find(([one]) => one === code)?.[1].status);
  expect(documented).toEqual(
    Object.entries(ERROR_CODES).map(([code, meaning]) => [code, status(code), meaning]),
  );
});

test('whatever is answered with 429 or 503 says when to come again', () => {
  const made = [
    errors.rateLimited(3),
    errors.tooManyStreams(5),
    errors.contentUnavailable(null),
    errors.unavailable('The database', null),
    errors.stopping(),
  ];
  expect(made.filter(({ retryAfterSeconds = 0 }) => retryAfterSeconds < 1)).toEqual([]);
  const isLater = ([, { status }]: readonly [string, { readonly status: number }]) =>
    status === 429 || status === 503;
  const codes = Object.entries(ERROR_STATUS)
    .filter(isLater)
    .map(([code]) => code);
  expect(new Set(made.map(({ code }) => code))).toEqual(new Set(codes));
});
