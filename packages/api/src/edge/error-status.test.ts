import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
