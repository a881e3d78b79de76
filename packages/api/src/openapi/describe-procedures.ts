import { type ErrorCode, errorCodeSchema } from '@instashare/contracts';
import type { OpenAPIObject } from 'trpc-openapi';
import { z } from 'zod';
import { appRouter } from '../trpc/router.ts';
import { type Operation, type Parameter, type Paths, withRefusals } from './operation.ts';
import { IDEMPOTENCY_KEY, IF_MATCH, VERSION_TAG } from './procedure-headers.ts';
import { proceduresOf } from './procedures-of.ts';

const metaSchema = z.object({
  access: z.enum(['public', 'user', 'read', 'write', 'share', 'session']),
  errors: z.array(errorCodeSchema).default([]),
  isIdempotent: z.boolean().default(false),
  openapi: z.object({
    method: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['get', 'post', 'put', 'patch', 'delete'])),
    path: z.string(),
  }),
});

/** What the adapter makes of the router, with what each procedure declares of itself and its headers. */
export function describeProcedures(paths: OpenAPIObject['paths']): Paths {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the adapter writes no references here, and nothing else
  const described = { ...paths } as Paths;
  for (const { meta, type, inputs } of proceduresOf(appRouter).values()) {
    // As REST there are the streams of raw routes instead.
    if (type === 'subscription') continue;
    const { access, errors, isIdempotent, openapi } = metaSchema.parse(meta);
    const { method, path } = openapi;
    const operation = described[path]?.[method];
    if (operation === undefined) throw new Error(`${path} is not in the document`);
    const parameters = [
      ...describeParameters(operation, inputs),
      ...(inputs.some(hasVersion) ? [IF_MATCH] : []),
      ...(isIdempotent ? [IDEMPOTENCY_KEY] : []),
    ];
    const refused: ErrorCode[] = [
      ...errors,
      // A DELETE may bring a body as well, though nothing is asked of it.
      ...(method === 'get' ? [] : BODY_ERRORS),
      ...(isIdempotent ? KEY_ERRORS : []),
    ];
    const answered = { ...operation, parameters, responses: successOf(operation) };
    described[path] = { ...described[path], [method]: withRefusals({ access, errors: refused }, answered) };
  }
  return described;
}

const BODY_ERRORS: readonly ErrorCode[] = ['request_timeout', 'payload_too_large', 'unsupported_media_type'];
const KEY_ERRORS: readonly ErrorCode[] = ['idempotency_key_reused', 'request_in_progress'];

const hasVersion = (input: unknown): boolean => input instanceof z.ZodObject && 'ifVersion' in input.shape;

/** Answers with one file, by itself or as `file`. */
const IS_FILE =
  /"schema":(\{"type":"object","properties":\{"file":)?\{"\$ref":"#\/components\/schemas\/File"\}(\}|\},"required")/;

/** Only its success: the adapter describes errors of its own, which are not ours. */
function successOf({ responses }: Operation): Operation['responses'] {
  const success = responses['200'];
  if (success === undefined) throw new Error('the adapter describes no success');
  const isFile = IS_FILE.test(JSON.stringify(success.content));
  const headers = isFile ? { headers: { ETag: VERSION_TAG } } : {};
  return { 200: { ...success, ...headers, description: 'Done.' } };
}

/** The adapter leaves descriptions in schemas, and loses those of what is optional. */
function describeParameters({ parameters = [] }: Operation, inputs: readonly unknown[]): Parameter[] {
  const fields = inputs.flatMap((input) => (input instanceof z.ZodObject ? [input.shape] : []));
  return parameters.map((parameter) => {
    const descriptions = fields.flatMap((shape) => descriptionsOf(shape[parameter.name]));
    return { description: descriptions[0] ?? inSchema(parameter), ...parameter };
  });
}

const inSchema = ({ schema }: Parameter): string =>
  schema === undefined || '$ref' in schema ? '' : (schema.description ?? '');

/** Its own description, then those of what it wraps. */
function descriptionsOf(schema: unknown): string[] {
  if (!(schema instanceof z.ZodType)) return [];
  const { description } = schema;
  const own = description === undefined ? [] : [description];
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return isWrapper ? [...own, ...descriptionsOf(schema.unwrap())] : own;
}
