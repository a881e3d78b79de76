import type ts from 'typescript';
import type { FlatContracts } from './contracts.ts';
import { printType } from './print-type.ts';
import { type ClientProgram, exportsOf } from './program.ts';

const KINDS = {
  query: 'TRPCQueryProcedure',
  mutation: 'TRPCMutationProcedure',
  subscription: 'TRPCSubscriptionProcedure',
} as const;

/**
 * The router's type with what a client sees: names, inputs, outputs, errors. The server's context, and what else the
 * router is made of, would drag the whole server along.
 */
export function flattenRouter(client: ClientProgram, { names }: FlatContracts): string {
  const symbol = exportsOf(client, client.file('packages/api/src/trpc/router.ts')).get('AppRouter');
  if (symbol === undefined) throw new Error('The api exports no AppRouter any more');
  const router = client.checker.getDeclaredTypeOfSymbol(symbol);
  const root = member(client, router, ['_def', '_config', '$types']);
  const print = (type: ts.Type) => printType(client, type, names);
  const errorShape = print(member(client, root, ['errorShape']));
  const record = printRecord(client, member(client, router, ['_def', 'record']), print);
  const text = `type ErrorShape = ${errorShape};
/** What the server knows of a request is not told. */
interface Root {
  ctx: object;
  meta: object;
  errorShape: ErrorShape;
  transformer: false;
}
interface Procedure<Input, Output> {
  input: Input;
  output: Output;
  meta: object;
  errorShape: ErrorShape;
}
/** As a subscription gives it: tRPC has this type, and exports it by no name. */
interface TrackedData<T> {
  id: string;
  data: T;
}
/** Every procedure of the server. */
export type AppRouter = TRPCBuiltRouter<Root, ${record}>;
`;
  return `${importsFor(text, names)}${text}`;
}

function printRecord(client: ClientProgram, record: ts.Type, print: (type: ts.Type) => string): string {
  const { checker } = client;
  const entries = record.getProperties().map((property) => {
    const type = checker.getTypeOfSymbol(property);
    const definition = type.getProperty('_def');
    if (definition === undefined) return `${property.name}: ${printRecord(client, type, print)};`;
    const kind = checker.typeToString(member(client, type, ['_def', 'type'])).replaceAll(/["']/g, '');
    if (!isKind(kind)) throw new Error(`${property.name} is of a kind that is not known: ${kind}`);
    const [input, output] = ['input', 'output'].map((name) =>
      print(member(client, type, ['_def', '$types', name])),
    );
    return `${property.name}: ${KINDS[kind]}<Procedure<${input ?? ''}, ${output ?? ''}>>;`;
  });
  return `TRPCDecorateCreateRouterOptions<{\n${entries.join('\n')}\n}>`;
}

const isKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

function member({ checker }: ClientProgram, type: ts.Type, path: readonly string[]): ts.Type {
  return path.reduce((current, name) => {
    const property = current.getProperty(name);
    if (property === undefined) throw new Error(`The router's type has no ${path.join('.')} any more`);
    return checker.getTypeOfSymbol(property);
  }, type);
}

const OF_TRPC = [
  ...Object.values(KINDS),
  'TRPCBuiltRouter',
  'TRPCDecorateCreateRouterOptions',
  'TRPC_ERROR_CODE_NUMBER',
  'TrackedEnvelope',
];

function importsFor(text: string, names: FlatContracts['names']): string {
  const words = new Set(text.match(/\w+/g));
  const used = (candidates: Iterable<string>) => [...candidates].filter((name) => words.has(name)).join(', ');
  return `import type { ${used(OF_TRPC)} } from '@trpc/server';
import type { ${used(names.values())} } from '@instashare/contracts';
`;
}
