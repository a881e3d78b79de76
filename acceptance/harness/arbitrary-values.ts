/** Values made from the schemas of the OpenAPI document, and such as no schema asks for. */
import * as fc from 'fast-check';
import { z } from 'zod';
import { DOCUMENT } from './contract.ts';

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  example: z.unknown().optional(),
  minLength: z.number().default(0),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
});
type Schema = z.infer<typeof schemaSchema>;

/** What is there, by the name of the field that names it: nobody hits upon an id or a password. */
export type Hints = Readonly<Record<string, readonly unknown[]>>;

/** What a schema describes. */
export function valid(schema: unknown, hints: Hints = {}): fc.Arbitrary<unknown> {
  const it = schemaSchema.parse(schema);
  if (it.$ref !== undefined) return valid(DOCUMENT.components.schemas[it.$ref.replace(/^.*\//, '')], hints);
  if (it.const !== undefined) return fc.constant(it.const);
  if (it.enum !== undefined) return fc.constantFrom(...it.enum);
  if (it.anyOf !== undefined) return fc.oneof(...it.anyOf.map((one) => valid(one, hints)));
  switch ([it.type].flat()[0]) {
    case 'object':
      return validObject(it, hints);
    case 'array':
      return fc.array(valid(it.items, hints), {
        minLength: it.minItems ?? 0,
        maxLength: Math.min(it.maxItems ?? 3, 3),
      });
    case 'integer':
      return fc.maxSafeInteger().map((n) => {
        const { minimum = 0, maximum = 1000 } = it;
        return minimum + (Math.abs(n) % (maximum - minimum + 1));
      });
    case 'boolean':
      return fc.boolean();
    default:
      return validText(it);
  }
}

/** An object of what must be in it, and of what is there: what can be wrong by chance is mostly left out. */
export function scant(schema: unknown, hints: Hints): fc.Arbitrary<unknown> {
  const it = schemaSchema.parse(schema);
  const isKept = (name: string) => it.required.includes(name) || hints[name] !== undefined;
  const kept = Object.entries(it.properties ?? {}).filter(([name]) => isKept(name));
  return validObject({ ...it, properties: Object.fromEntries(kept) }, hints);
}

function validObject({ properties = {}, required }: Schema, hints: Hints): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(
    ([name, field]) => [name, validField(name, field, hints)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

/** What a field can hold, mostly something that is there. */
export function validField(name: string, schema: unknown, hints: Hints): fc.Arbitrary<unknown> {
  const any = valid(schema, hints);
  const known = hints[name] ?? [];
  return known.length === 0 ? any : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, any);
}

function validText({ format, pattern, example, minLength }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map(String)
      .map(toIso);
  }
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), PATHS);
  const some = texts.map((text) => text.padEnd(minLength, 'long enough '));
  const made = pattern === undefined ? some : fc.stringMatching(new RegExp(pattern));
  return example === undefined ? made : fc.oneof(fc.constant(example), made);
}

const toIso = (text: string): string => new Date(text).toISOString();

/** What is now and then a path here, and what never is one. */
export const PATHS = fc.oneof(
  fc.constantFrom('docs/0.txt', 'docs', 'docs/', 'new.txt', '../up', '/etc/passwd', 'a//b', 'nul\0l', ''),
  fc.string({ unit: 'grapheme', minLength: 200, maxLength: 2000 }),
);

/** Anything but what is asked for, most of the time. */
export const JUNK = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    '',
    -1,
    0,
    1.5,
    1e300,
    2 ** 53,
    true,
    [],
    {},
    '9'.repeat(400),
    '\u0000',
    '\ud800',
  ),
);

/** Nearly what it is: one field is junk, is missing, or is one too many. */
export const nearly = (whole: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(whole, JUNK, fc.nat(), fc.constantFrom('junk', 'missing', 'more'))
    .map(([made, junk, at, kind]) => {
      if (typeof made !== 'object' || made === null || Array.isArray(made)) return junk;
      if (kind === 'more') return { ...made, ['__proto__x']: junk };
      const names = Object.keys(made);
      const name = names[at % Math.max(names.length, 1)] ?? '';
      const others = Object.entries(made).filter(([one]) => one !== name);
      return Object.fromEntries(kind === 'junk' ? [...others, [name, junk]] : others);
    });
