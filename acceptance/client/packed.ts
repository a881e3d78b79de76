/** The client as it is published: built, packed, and installed in a project that has nothing else. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';

const OFFLINE = [
  '--offline',
  '--install-links',
  '--legacy-peer-deps',
  '--omit=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
});

const run = promisify(execFile);
const CONSUMER = join(import.meta.dirname, 'consumer');
const TIMEOUT_MS = 120_000;
/** The package's own bound. */
const OLDEST_NODE = 20;

export interface PackedClient extends AsyncDisposable {
  readonly tarball: string;
  /** An empty project into which the tarball was installed, with our programs in it. */
  readonly project: string;
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    target: 'ES2022',
    noEmitOnError: true,
    outDir: 'out',
    rootDir: '.',
  },
};
/** The newer ones are for the types of tRPC, which need them. */
const LIB = ['ES2022', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'];
/** As a project for Node has it, and one for browsers whose bundler resolves modules. */
const PROJECTS = {
  'tsconfig.node.json': {
    compilerOptions: { module: 'NodeNext', lib: LIB, types: ['node'] },
    files: ['story.mts', 'types.mts'],
  },
  'tsconfig.browser.json': {
    compilerOptions: {
      module: 'ESNext',
      moduleResolution: 'bundler',
      lib: LIB,
      types: [],
    },
    files: ['browser.mts'],
  },
};

export async function packClient(): Promise<PackedClient> {
  await using made = new AsyncDisposableStack();
  const { path } = made.use(await makeTempFolder('client'));
  const built = join(path, 'built');
  const project = join(path, 'project');
  await execute('node', ['tools/client-package/build.ts', built], CHECKOUT);
  await execute('npm', ['pack', '--pack-destination', path], built);
  const tarball = join(path, (await readdir(path)).find((name) => name.endsWith('.tgz')) ?? '');
  await mkdir(project);
  await cp(CONSUMER, project, { recursive: true });
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(built, 'package.json'), 'utf8')));
  const dependencies = { '@instashare/client': `file:${tarball}`, ...(await localPackages(manifest)) };
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  for (const [name, own] of Object.entries(PROJECTS)) {
    const compilerOptions = { ...TSCONFIG.compilerOptions, ...own.compilerOptions };
    await writeFile(join(project, name), JSON.stringify({ ...own, compilerOptions }));
  }
  await execute('npm', ['install', ...OFFLINE], project);
  const all = made.move();
  return { tarball, project, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/**
 * Where this checkout has what the package says it depends on: copies of that are installed beside it, and no registry
 * is asked. What it does not name is not there.
 */
async function localPackages(manifest: z.infer<typeof manifestSchema>): Promise<Record<string, string>> {
  const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  // Of a package with binaries, those for this system are a package of their own.
  const scope = join(CHECKOUT, 'node_modules', '@node-rs');
  const binaries = (await readdir(scope))
    .filter((name) => name.startsWith('crc32-'))
    .map((name) => `@node-rs/${name}`);
  const names = [...named, ...binaries, '@types/node', 'undici-types'];
  return Object.fromEntries(names.map((name) => [name, `file:${join(CHECKOUT, 'node_modules', name)}`]));
}

/** Compiles one of the projects with the TypeScript of this checkout. Rejects with what it says. */
export function compile(project: string, config: keyof typeof PROJECTS): Promise<void> {
  return execute(join(CHECKOUT, 'node_modules', '.bin', 'tsc'), ['-p', config], project);
}

/** Rejects with all that the program has said when it does not end well. */
export async function execute(program: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await run(program, args, { cwd, env: scrubbedEnvironment(), timeout: TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error) || !('stderr' in error)) throw error;
    throw new Error(`${program} ${args.join(' ')} failed:\n${String(error.stdout)}${String(error.stderr)}`, {
      cause: error,
    });
  }
}

/** The Node that the machine itself has, beside the one of the checkout; null where there is none that is new enough. */
export async function findOwnNode(): Promise<{ readonly path: string; readonly version: string } | null> {
  const folders = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  for (const folder of folders) {
    const path = join(folder, 'node');
    const version = await run(path, ['--version']).then(
      ({ stdout }) => stdout.trim(),
      () => null,
    );
    if (version !== null && Number.parseInt(version.slice(1), 10) >= OLDEST_NODE) return { path, version };
  }
  return null;
}
