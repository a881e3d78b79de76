import { ERROR_CODES, type ErrorCode, errorBodySchema } from '@instashare/contracts';
import type { OpenAPIObject } from 'trpc-openapi';
import { z } from 'zod';
import type { Access } from '../auth/access.ts';
import { ERROR_STATUS } from '../edge/error-status.ts';
import { securityOf } from './security.ts';

type Components = NonNullable<OpenAPIObject['components']>;
type Reference = Extract<NonNullable<Components['responses']>[string], { readonly $ref: string }>;
type Described<T> = Exclude<NonNullable<T>, Reference>;
type AnyOperation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

export type Response = Exclude<NonNullable<Components['responses']>[string], Reference>;
export type Parameter = Described<NonNullable<AnyOperation['parameters']>[number]>;
type RequestBody = Described<AnyOperation['requestBody']>;
export type Content = RequestBody['content'];

export const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

/** An operation as we write it: the library's type, without what it leaves open. */
export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: string[];
  readonly parameters?: Parameter[];
  readonly requestBody?: RequestBody;
  readonly security?: NonNullable<AnyOperation['security']>;
  readonly responses: Record<string, Response>;
}
export type Paths = Record<string, Partial<Record<(typeof METHODS)[number], Operation>>>;

/** Who may ask for an operation, and what it refuses beside what every operation does. */
interface Refusals {
  readonly access: Access;
  readonly errors?: readonly ErrorCode[] | undefined;
  /** Pages for people tell in HTML what is wrong. */
  readonly errorsAs?: 'json' | 'html';
}

/** An operation with who may ask and with every error that it can answer, by status and code. */
export function withRefusals(
  { access, errors = [], errorsAs = 'json' }: Refusals,
  operation: Operation,
): Operation {
  const codes = new Set([...commonErrors(access), ...errors]);
  const toResponses = errorsAs === 'json' ? jsonErrors : htmlErrors;
  return {
    ...operation,
    security: securityOf(access),
    responses: { ...operation.responses, ...byStatus(codes, toResponses) },
  };
}

/** What any operation can answer for which `access` is needed. */
function commonErrors(access: Access): ErrorCode[] {
  const always: ErrorCode[] = ['invalid_input', 'internal_error', 'unavailable'];
  if (access === 'public') return always;
  if (access === 'admin') return [...always, 'not_found', 'session_ended'];
  const guarded: ErrorCode[] = [...always, 'unauthenticated', 'access_token_expired', 'session_ended'];
  return access === 'user' ? guarded : [...guarded, 'insufficient_scope'];
}

type ToResponse = (codes: readonly ErrorCode[]) => Response;

function byStatus(codes: ReadonlySet<ErrorCode>, toResponse: ToResponse): Record<string, Response> {
  // In the order of the catalogue, wherever they were named.
  const known = errorCodes.filter((code) => codes.has(code));
  const statuses = Map.groupBy(known, (code) => ERROR_STATUS[code].status);
  return Object.fromEntries([...statuses].map(([status, those]) => [status, toResponse(those)]));
}

// Object.keys loses the key type.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const errorCodes = Object.keys(ERROR_CODES) as ErrorCode[];

const describe = (codes: readonly ErrorCode[]): string =>
  codes.map((code) => `- \`${code}\`: ${ERROR_CODES[code]}`).join('\n');

const jsonErrors: ToResponse = (codes) => ({
  description: describe(codes),
  content: {
    'application/json': {
      schema: {
        allOf: [jsonSchema(errorBodySchema), { type: 'object', properties: { code: { enum: [...codes] } } }],
      },
      examples: Object.fromEntries(
        codes.map((code) => [code, { value: { code, message: ERROR_CODES[code] } }]),
      ),
    },
  },
});

const htmlErrors: ToResponse = (codes) => ({
  description: describe(codes),
  content: { 'text/html': { schema: { type: 'string' } } },
});

/** A schema as JSON Schema. What has a name of its own stands in `$defs`, from where `finishDocument` lifts it. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  // Without the dialect that zod writes at the root: inside a document it is the document's.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline' });
  return rest;
}
