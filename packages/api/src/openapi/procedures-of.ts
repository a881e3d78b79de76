import type { AnyTRPCRouter } from '@trpc/server';

/** What is looked at here of a procedure; tRPC keeps it under `_def`. */
interface ProcedureDefinition {
  readonly type: string;
  readonly inputs: readonly unknown[];
  readonly meta?: unknown;
}

/** Every procedure of a router by its whole name, such as `files.list`. */
export function proceduresOf(router: AnyTRPCRouter): ReadonlyMap<string, ProcedureDefinition> {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- tRPC types its own record as any
  const procedures: Record<string, { readonly _def: ProcedureDefinition }> = router._def.procedures;
  return new Map(Object.entries(procedures).map(([name, { _def }]) => [name, _def]));
}
