import ts from 'typescript';
import type { ClientProgram } from './program.ts';

const { NodeBuilderFlags } = ts;
const FLAGS =
  NodeBuilderFlags.NoTruncation |
  NodeBuilderFlags.InTypeAlias |
  NodeBuilderFlags.MultilineObjectLiterals |
  NodeBuilderFlags.UseSingleQuotesForStringLiteralType;

/** Names that stand for types; which text of a type they stand for. */
export type KnownTypes = ReadonlyMap<string, string>;

/**
 * A type written out, such as one that is inferred from a schema: it then needs neither the schema nor zod. Parts that
 * have a name among `known` are written as that name.
 */
export function printType({ checker }: ClientProgram, type: ts.Type, known: KnownTypes = new Map()): string {
  const node = checker.typeToTypeNode(type, undefined, FLAGS);
  if (node === undefined) throw new Error(`A type can not be written out: ${checker.typeToString(type)}`);
  return textOf(named(node, known));
}

const printer = ts.createPrinter({ removeComments: true });
const anyFile = ts.createSourceFile('types.d.ts', '', ts.ScriptTarget.Latest);

const textOf = (node: ts.Node) => printer.printNode(ts.EmitHint.Unspecified, node, anyFile);

function named(root: ts.TypeNode, known: KnownTypes): ts.TypeNode {
  const visit = (node: ts.Node): ts.Node => {
    const name = ts.isTypeLiteralNode(node) || ts.isUnionTypeNode(node) ? known.get(textOf(node)) : undefined;
    if (name !== undefined) return ts.factory.createTypeReferenceNode(name);
    return ts.visitEachChild(node, visit, undefined);
  };
  return ts.visitEachChild(root, visit, undefined);
}
