import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CLIENT_TYPES, createClientTypes } from './client-types.ts';

test('the types of the generated client are those of docs/openapi.json; when they are not: npm run openapi', async () => {
  expect(await readFile(CLIENT_TYPES, 'utf8')).toBe(await createClientTypes());
});
