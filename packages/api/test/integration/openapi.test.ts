import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createOpenApiDocument, DOCUMENTED_URL } from '../../src/openapi/document.ts';

const bodySchema = z.object({ content: z.record(z.string(), z.looseObject({})).default({}) });
const operationSchema = z.object({
  parameters: z.array(z.looseObject({ name: z.string(), schema: z.looseObject({}) })).default([]),
  requestBody: bodySchema.optional(),
  responses: z.record(z.string(), bodySchema),
});
const documentedSchema = z.record(z.string(), operationSchema);

test('docs/openapi.json is what the router says; when it is not: npm run openapi', async () => {
  const file = join(import.meta.dirname, '../../../../docs/openapi.json');
  const committed: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(committed).toEqual(JSON.parse(JSON.stringify(createOpenApiDocument(DOCUMENTED_URL))));
});

/** Bytes of any kind, and pages for people: an example would tell nothing. */
const NEEDS_NONE = new Set([
  'application/octet-stream',
  'application/zip',
  'text/css',
  'text/html',
  'text/javascript',
]);

test('every parameter, and every body that is not just bytes, has an example', () => {
  const { paths } = createOpenApiDocument(DOCUMENTED_URL);
  const hasOne = (it: object) => ['example', 'examples', 'enum', 'default'].some((key) => key in it);
  const missing = Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(documentedSchema.parse(item)).flatMap(([method, operation]) => {
      const bodies = [operation.requestBody, ...Object.values(operation.responses)];
      const media = bodies.flatMap((body) => Object.entries(body?.content ?? {}));
      const bare = [
        ...operation.parameters.filter((one) => !hasOne(one) && !hasOne(one.schema)).map(({ name }) => name),
        ...media.filter(([type, one]) => !NEEDS_NONE.has(type) && !hasOne(one)).map(([type]) => type),
      ];
      // A HEAD has no body.
      return method === 'head' ? [] : bare.map((name) => `${method} ${path}: ${name}`);
    }),
  );
  expect(missing).toEqual([]);
});
