import { initTRPC } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { pinBodyTypes } from './pin-body-types.ts';

test('a mutation takes numbers only as numbers, though the adapter asks for coercion', () => {
  const t = initTRPC.create();
  const body = z.object({ sizeBytes: z.number(), nested: z.object({ on: z.boolean().optional() }) });
  const query = z.object({ limit: z.number().default(5) });
  pinBodyTypes(
    t.router({
      create: t.procedure.input(body).mutation(() => null),
      list: t.procedure.input(query).query(() => null),
    }),
  );
  // What the adapter does to every input before it parses one.
  const { sizeBytes, nested } = body.shape;
  for (const { def } of [sizeBytes, nested.shape.on.unwrap(), query.shape.limit.unwrap()]) {
    Object.assign(def, { coerce: true });
  }
  expect(body.safeParse({ sizeBytes: null, nested: {} }).success).toBe(false);
  expect(body.safeParse({ sizeBytes: 1, nested: { on: 'yes' } }).success).toBe(false);
  expect(body.safeParse({ sizeBytes: 1, nested: { on: true } }).success).toBe(true);
  expect(query.parse({ limit: '7' })).toEqual({ limit: 7 });
});
