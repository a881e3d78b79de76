import { z } from 'zod';

/** What is read here of a JSON Schema. */
const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  example: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});
type Schema = z.infer<typeof schemaSchema>;

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '019abc3e-7a44-7cde-8f01-23456789abcd',
  'date-time': '2026-11-25T12:00:00.000Z',
  binary: 'the bytes of a file',
};

/**
 * An example of what a schema describes, made of the examples of its fields: their own, else the first of what they
 * may be. Optional fields are in it only when they have one of their own.
 */
export function exampleOf(schema: unknown, schemas: Readonly<Record<string, unknown>>): unknown {
  const of = (inner: unknown) => exampleOf(inner, schemas);
  const it = schemaSchema.parse(schema);
  if (it.$ref !== undefined) return of(schemas[it.$ref.replace('#/components/schemas/', '')]);
  const own = [it.example, it.examples?.[0], it.const, it.enum?.[0], it.default].find(
    (one) => one !== undefined,
  );
  if (own !== undefined) return own;
  const [first] = it.anyOf ?? it.oneOf ?? [];
  if (first !== undefined) return of(first);
  const types = [it.type].flat();
  if (types.includes('null')) return null;
  switch (types[0]) {
    case 'object':
      return exampleOfObject(it, of);
    case 'array':
      return [of(it.items)];
    case 'integer':
    case 'number':
      return Math.max(1, it.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return BY_FORMAT[it.format ?? ''] ?? 'text';
  }
}

function exampleOfObject(it: Schema, of: (inner: unknown) => unknown): Record<string, unknown> {
  const isShown = ([name, property]: [string, unknown]) =>
    it.required?.includes(name) === true || schemaSchema.parse(property).example !== undefined;
  return Object.fromEntries(
    Object.entries(it.properties ?? {})
      .filter(isShown)
      .map(([name, property]) => [name, of(property)]),
  );
}
