import { join } from 'node:path';
import ts from 'typescript';

/** The client with all that its types come from: the api's router and the schemas of the contracts. */
export interface ClientProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly entries: readonly string[];
  /** A source file of the program, by its end. */
  file(pathEnd: string): ts.SourceFile;
}

export const ENTRIES = { index: 'src/index.ts', node: 'src/node/index.ts' } as const;

/** Reads the client at `clientDir`. Throws when there are types that do not fit: what was written would be wrong. */
export function readClient(clientDir: string): ClientProgram {
  const entries = Object.values(ENTRIES).map((entry) => join(clientDir, entry));
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (fault) => fail([fault]),
  };
  const config = ts.getParsedCommandLineOfConfigFile(join(clientDir, 'tsconfig.json'), {}, host);
  if (config === undefined) throw new Error(`${clientDir} has no tsconfig.json`);
  const options = { ...config.options, noEmit: false, declaration: true, emitDeclarationOnly: true };
  const program = ts.createProgram(entries, options);
  fail(ts.getPreEmitDiagnostics(program));
  return {
    program,
    checker: program.getTypeChecker(),
    entries,
    file(pathEnd) {
      const found = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(pathEnd));
      if (found === undefined) throw new Error(`The client's types do not come from ${pathEnd} any more`);
      return found;
    },
  };
}

function fail(faults: readonly ts.Diagnostic[]): void {
  if (faults.length === 0) return;
  throw new Error(
    ts.formatDiagnostics(faults, {
      getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    }),
  );
}

/** What a module exports, by name; of what it exports again, the original. */
export function exportsOf({ checker }: ClientProgram, file: ts.SourceFile): Map<string, ts.Symbol> {
  const module = checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${file.fileName} is no module`);
  const originalOf = (symbol: ts.Symbol) =>
    (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, originalOf(symbol)]));
}
