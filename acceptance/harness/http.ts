/** Requests as a client of any language would send them; every answer is held against the OpenAPI document. */
import { expect } from 'vitest';
import type { z } from 'zod';
import { contractFaults } from './contract.ts';
import { type ErrorBody, errorSchema } from './schemas.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData | ReadableStream<Uint8Array>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

export async function send(method: string, url: string, options: RequestOptions = {}): Promise<Answer> {
  const { headers = {}, json } = options;
  const body = json === undefined ? options.body : JSON.stringify(json);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
  const answer = {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
  expect(contractFaults({ method, url, json, ...answer }), 'as the document says').toEqual([]);
  return answer;
}

/** The JSON of a successful answer, which must look like `schema`. */
export function expectJson<T>(answer: Answer, schema: z.ZodType<T>): T {
  const text = answer.body.toString('utf8');
  expect(answer.status, text).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  return schema.parse(JSON.parse(text));
}

/** An error in the one form that errors have: status, code, and nothing that tells of our insides. */
export function expectError(answer: Answer, status: number, code: string): ErrorBody {
  const text = answer.body.toString('utf8');
  expect(answer.status, text).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  const error = errorSchema.parse(JSON.parse(text));
  expect(error.code, text).toBe(code);
  expectNoInsides(text);
  return error;
}

/** Neither a stack trace, nor a file of ours, nor SQL. */
export function expectNoInsides(text: string): void {
  expect(text).not.toMatch(/\bat \S+ \(|node_modules|node:internal|\.ts:\d+|"stack"|SELECT |INSERT |UPDATE /);
}

/** The fields that an error names. */
export function issueFields(error: ErrorBody): string[] {
  return (error.issues ?? []).map(({ path }) => path.join('.'));
}
