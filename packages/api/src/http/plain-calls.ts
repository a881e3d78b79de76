import { MAX_BATCH_CALLS } from '@instashare/contracts';
import { type AnyProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from '@trpc/server';
import { getHTTPStatusCode } from '@trpc/server/http';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../trpc/context.ts';
import { appRouter } from '../trpc/router.ts';

/** Queries, or mutations, that are answered as a whole. */
export interface PlainCalls {
  readonly type: 'mutation' | 'query';
  /** Whether the answer is a list. */
  readonly isBatch: boolean;
  readonly calls: readonly PlainCall[];
}

interface PlainCall {
  readonly path: string;
  readonly procedure: AnyProcedure;
  readonly input: unknown;
}

// No transformer stands between what is sent and the procedures, and none of these is loaded later.
const { _config: config, procedures } = appRouter._def;
/** A path of procedures is written so; anything else is none of ours, or in disguise. */
const PROCEDURES = /^[\w.]+(?:,[\w.]+)*$/;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const PARAMETERS = new Set(['batch', 'input']);

/**
 * What is asked for over tRPC, where that is as our own client asks it: nearly always. Null for all else, which is tRPC's
 * to answer or to refuse: a stream, a name that there is none of, a body that is no JSON, too many calls at once.
 */
export function readPlainCalls({ body, headers, method, params, url }: Asked): PlainCalls | null {
  const type = method === 'GET' ? 'query' : method === 'POST' ? 'mutation' : null;
  if (type === null || !PROCEDURES.test(params.path)) return null;
  if (headers['trpc-accept'] !== undefined || headers.accept?.includes('jsonl') === true) return null;
  if (!JSON_TYPE.test(headers['content-type'] ?? (type === 'query' ? 'application/json' : ''))) return null;
  if (url.includes('#')) return null;
  // Read as tRPC reads it, and not by Fastify's own reader, which takes a malformed one differently.
  const query = new URLSearchParams(queryOf(url));
  for (const name of query.keys()) if (!PARAMETERS.has(name)) return null;
  const isBatch = query.get('batch') === '1';
  const paths = isBatch ? params.path.split(',') : [params.path];
  const inputs = parseInputs(type === 'query' ? query.get('input') : body, isBatch);
  if (inputs === null || paths.length > MAX_BATCH_CALLS) return null;
  const calls: PlainCall[] = [];
  for (const [index, path] of paths.entries()) {
    const procedure = procedureAt(path);
    if (procedure?._def.type !== type) return null;
    calls.push({ path, procedure, input: inputs[index] });
  }
  return { type, isBatch, calls };
}

type Asked = Pick<
  FastifyRequest<{ Params: { path: string } }>,
  'body' | 'headers' | 'method' | 'params' | 'url'
>;

/** With its question mark; empty when there is none. */
export const queryOf = (url: string): string => /\?.*$/s.exec(url)?.[0] ?? '';

// They stand in an object of their own under their whole paths, without what objects inherit.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tRPC types them by their nested names
const procedureAt = (path: string) => (procedures as unknown as Record<string, AnyProcedure>)[path];

/** The inputs of the calls, by number; null for what tRPC refuses. */
function parseInputs(text: unknown, isBatch: boolean): Readonly<Record<number, unknown>> | null {
  if (text === null || text === undefined || text === '') return {};
  if (typeof text !== 'string') return null;
  const inputs = parseJson(text);
  if (inputs === undefined) return null;
  if (!isBatch) return [inputs];
  return isRecord(inputs) ? inputs : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<number, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A call that failed. */
export interface FailedCall {
  readonly error: TRPCError;
  readonly ctx: Context;
}

/**
 * Answers them, each by itself, in the form that tRPC gives its answers; without the `Response`, and the stream in it, that it
 * makes of each: a tenth of what a short call costs.
 */
export async function answerPlainCalls(
  { calls, isBatch, type }: PlainCalls,
  { ctx, onError }: { readonly ctx: Context; readonly onError: (failed: FailedCall) => void },
): Promise<{ readonly status: number; readonly body: string }> {
  const answers = await Promise.all(
    calls.map(async ({ path, procedure, input }, batchIndex) => {
      try {
        const getRawInput = () => Promise.resolve(input);
        const options = { path, getRawInput, ctx, type, signal: ctx.signal, batchIndex };
        const data: unknown = await procedure(options);
        return { result: { data } };
      } catch (cause) {
        const error = getTRPCErrorFromUnknown(cause);
        onError({ error, ctx });
        return { error: getTRPCErrorShape({ config, error, type, path, input, ctx }) };
      }
    }),
  );
  const json = isBatch ? answers : answers[0];
  return { status: getHTTPStatusCode(answers), body: JSON.stringify(json) };
}
