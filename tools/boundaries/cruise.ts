/**
 * Reads every import of the repository with dependency-cruiser and holds it against the rules.
 *
 * dependency-cruiser parses TypeScript with the compiler's API, which TypeScript 7 does not have yet; it finds
 * its compiler by the bare name `typescript`, and beside it in `node_modules` lies version 7. Hence this
 * workspace has a TypeScript 5.9 of its own, and the hook below hands that one out.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { IForbiddenRuleType, IViolation } from 'dependency-cruiser';

// Resolved before the hook stands: it sees what `require.resolve` asks for, too.
const { resolve } = createRequire(import.meta.url);
const OWN_TYPESCRIPT = new Map(
  ['typescript', 'typescript/package.json'].map((name) => [name, pathToFileURL(resolve(name)).href]),
);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const url = OWN_TYPESCRIPT.get(specifier);
    return url === undefined ? nextResolve(specifier, context) : { url, shortCircuit: true };
  },
});

// After the hook, which a static import would not be.
const { cruise, getAvailableTranspilers } = await import('dependency-cruiser');

export interface CruiseReport {
  readonly violations: readonly IViolation[];
  readonly moduleCount: number;
}

/** Folders that hold source; those that do not exist (yet) are passed over. */
const SOURCE_FOLDERS = '{packages,scripts,tools,acceptance,bench}/**/*.{ts,tsx}';

/** All imports in the repository at `rootDir` that break one of the rules. */
export async function cruiseRepository(
  rootDir: string,
  rules: readonly IForbiddenRuleType[],
): Promise<CruiseReport> {
  if (!getAvailableTranspilers().some(({ name, available }) => name === 'typescript' && available)) {
    throw new Error('dependency-cruiser found no TypeScript that it can use: no .ts file would be read');
  }
  const { output } = await cruise(
    [SOURCE_FOLDERS],
    {
      baseDir: rootDir,
      ruleSet: { forbidden: [...rules] },
      validate: true,
      parser: 'tsc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: '(^|/)node_modules/' },
      exclude: { path: '(^|/)(node_modules|dist)/.*/(node_modules|dist)/' },
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  );
  if (typeof output === 'string')
    throw new TypeError('dependency-cruiser gave text where a result was asked for');
  return { violations: output.summary.violations, moduleCount: output.modules.length };
}
