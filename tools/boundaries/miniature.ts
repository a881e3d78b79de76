import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How a specifier can be imported: values, types, at run time, re-exported. */
export type ImportForm = 'value' | 'type' | 'type query' | 'dynamic' | 're-export';

/** An import: from a file, of a specifier; a value import when no form is given. */
export type Import = readonly [from: string, specifier: string, form?: ImportForm];

function statement([, specifier, form = 'value']: Import, n: number): string {
  switch (form) {
    case 'value':
      return `import { x as x${n} } from '${specifier}';`;
    case 'type':
      return `import type { x as x${n} } from '${specifier}';`;
    case 'type query':
      return `type X${n} = typeof import('${specifier}').x;`;
    case 'dynamic':
      return `const x${n} = await import('${specifier}');`;
    case 're-export':
      return `export { x as x${n} } from '${specifier}';`;
  }
}

const EXPORTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  contracts: { '.': './src/index.ts' },
  backend: {
    './database': './src/database/index.ts',
    './storage': './src/storage/index.ts',
    './testing': './test/support/index.ts',
  },
  api: { '.': './src/index.ts' },
  worker: { '.': './src/index.ts' },
  client: { '.': './src/index.ts' },
  sync: { '.': './src/index.ts' },
  desktop: {},
};

/** Files that are imported and import nothing. */
const TARGETS = [
  'packages/api/src/compose.ts',
  'packages/desktop/src/main/index.ts',
  ...Object.entries(EXPORTS).flatMap(([name, entries]) =>
    Object.values(entries).map((entry) => join('packages', name, entry)),
  ),
];

export interface Miniature extends AsyncDisposable {
  readonly rootDir: string;
}

/** A repository in miniature, with these imports in it. */
export async function createMiniature(imports: readonly Import[]): Promise<Miniature> {
  const rootDir = await mkdtemp(join(tmpdir(), 'instashare-boundaries-'));
  const write = async (path: string, text: string) => {
    await mkdir(join(rootDir, dirname(path)), { recursive: true });
    await writeFile(join(rootDir, path), text);
  };
  const libraries = new Set(
    imports.map(([, specifier]) => specifier).filter((name) => !/^(\.|node:|@instashare\/)/.test(name)),
  );
  await write('package.json', JSON.stringify({ workspaces: ['packages/*'] }));
  for (const name of libraries) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, '');
  }
  await mkdir(join(rootDir, 'node_modules/@instashare'), { recursive: true });
  const { vitest, ...dependencies } = Object.fromEntries([...libraries].map((name) => [name, '*']));
  for (const [name, exports] of Object.entries(EXPORTS)) {
    const manifest = { name: `@instashare/${name}`, exports, dependencies, devDependencies: { vitest } };
    await write(`packages/${name}/package.json`, JSON.stringify(manifest));
    await symlink(`../../packages/${name}`, join(rootDir, 'node_modules/@instashare', name));
  }
  const files = new Map(TARGETS.map((path) => [path, 'export const x = 1;\n']));
  for (const [n, entry] of imports.entries()) {
    const [from] = entry;
    files.set(from, `${files.get(from) ?? 'export const x = 1;\n'}${statement(entry, n)}\n`);
  }
  for (const [path, text] of files) await write(path, text);
  return { rootDir, [Symbol.asyncDispose]: () => rm(rootDir, { recursive: true, force: true }) };
}
