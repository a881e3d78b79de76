import type { AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';

/** The part of a procedure that is looked at here; tRPC keeps it under `_def`. */
interface ProcedureDefinition {
  readonly _def: { readonly type: string; readonly inputs: readonly unknown[] };
}

/**
 * The OpenAPI adapter makes every number, boolean and date of an input coerce what it is given, because query
 * parameters are text. In a JSON body that would turn `null`, `true` or `""` into a size of 0 or 1, so the
 * inputs of mutations are kept from it; queries are left alone.
 */
export function pinBodyTypes(router: AnyTRPCRouter): void {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- tRPC types its own record as any
  const procedures: Record<string, ProcedureDefinition> = router._def.procedures;
  for (const { _def } of Object.values(procedures)) {
    if (_def.type !== 'mutation') continue;
    for (const input of _def.inputs) if (input instanceof z.ZodType) pin(input);
  }
}

function pin(schema: unknown): void {
  if (!(schema instanceof z.ZodType)) return;
  if (schema instanceof z.ZodObject) return Object.values(schema.shape).forEach(pin);
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
