import ts from 'typescript';
import { type KnownTypes, printType } from './print-type.ts';
import { type ClientProgram, exportsOf } from './program.ts';

export interface FlatContracts {
  /** A module of declarations that needs no other. */
  readonly text: string;
  /** Types that have one name, by how they are written out. */
  readonly names: KnownTypes;
}

/** The types of the contracts without their schemas. */
export function flattenContracts(client: ClientProgram): FlatContracts {
  const symbols = exportsOf(client, client.file('packages/contracts/src/index.ts'));
  const types = [...symbols].filter(([, { flags }]) => (flags & ts.SymbolFlags.TypeAlias) !== 0);
  const written = types.map(([name, symbol]) => {
    const type = client.checker.getDeclaredTypeOfSymbol(symbol);
    return { name, type, text: printType(client, type) };
  });
  const count = new Map<string, number>();
  for (const { text } of written) count.set(text, (count.get(text) ?? 0) + 1);
  // `{ id: string }` has many names: then none says what is meant.
  const names = new Map(
    written.filter(({ text }) => count.get(text) === 1).map(({ name, text }) => [text, name]),
  );
  const lines = written.map(({ name, type }) => `export type ${name} = ${printType(client, type, names)};`);
  return { text: `${lines.join('\n')}\n`, names };
}
