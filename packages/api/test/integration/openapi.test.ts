import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOpenApiDocument, DOCUMENTED_URL } from '../../src/openapi/document.ts';

test('docs/openapi.json is what the router says; when it is not: npm run openapi', async () => {
  const file = join(import.meta.dirname, '../../../../docs/openapi.json');
  const committed: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(committed).toEqual(JSON.parse(JSON.stringify(createOpenApiDocument(DOCUMENTED_URL))));
});
