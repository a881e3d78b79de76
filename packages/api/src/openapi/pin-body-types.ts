import type { AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import { proceduresOf } from './procedures-of.ts';

/**
 * The OpenAPI adapter makes every number, boolean and date of an input coerce what it is given, because query
 * parameters are text. In a JSON body that would turn `null`, `true` or `""` into a size of 0 or 1, so the
 * inputs of mutations are kept from it; queries are left alone.
 */
export function pinBodyTypes(router: AnyTRPCRouter): void {
  for (const { inputs, type } of proceduresOf(router).values()) {
    if (type !== 'mutation') continue;
    for (const input of inputs) if (input instanceof z.ZodType) pin(input);
  }
}

function pin(schema: unknown): void {
  if (!(schema instanceof z.ZodType)) return;
  if (schema instanceof z.ZodObject) return Object.values(schema.shape).forEach(pin);
  if (schema instanceof z.ZodArray) return pin(schema.element);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return pin(schema.unwrap());
  }
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean || schema instanceof z.ZodDate) {
    Object.defineProperty(schema.def, 'coerce', {
      get: () => false,
      set() {},
      configurable: true,
    });
  }
}
