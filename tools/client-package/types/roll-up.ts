import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { flattenContracts } from './contracts.ts';
import { type ClientProgram, ENTRIES, readClient } from './program.ts';
import { flattenRouter } from './router.ts';

export interface RollUpOptions {
  readonly clientDir: string;
  /** For files on the way; whoever gives it removes it. */
  readonly workDir: string;
  readonly outDir: string;
  /** Packages whose types are imported, not inlined. */
  readonly external: readonly string[];
}

/** Writes one file of declarations for each entry of the client, and what they share. */
export async function rollUpTypes(options: RollUpOptions): Promise<void> {
  const { workDir, outDir, external } = options;
  await writeDeclarations(readClient(options.clientDir), options);
  const flat = new Map([
    ['@instashare/contracts', join(workDir, 'contracts.d.ts')],
    ['@instashare/api/router', join(workDir, 'router.d.ts')],
  ]);
  const input = Object.fromEntries(
    Object.entries(ENTRIES).map(([name, path]) => [name, join(workDir, declarationOf(path))]),
  );
  const build = await rolldown({
    input,
    external: [...external, /^node:/],
    plugins: [
      {
        name: 'flat-types',
        resolveId: (source, importer) => {
          const known = flat.get(source);
          if (known !== undefined || importer === undefined) return known ?? null;
          return source.startsWith('.') ? join(dirname(importer), declarationOf(source)) : null;
        },
      },
      dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false }),
    ],
  });
  await build.write({
    dir: outDir,
    format: 'esm',
    entryFileNames: '[name].ts',
    chunkFileNames: 'shared.d.ts',
  });
  await build.close();
}

const declarationOf = (path: string) => path.replace(/\.ts$/, '.d.ts');

async function writeDeclarations(
  client: ClientProgram,
  { clientDir, workDir }: RollUpOptions,
): Promise<void> {
  const files = new Map<string, string>();
  client.program.emit(undefined, (path, text) => files.set(path, text));
  const contracts = flattenContracts(client);
  files.set(join(clientDir, 'contracts.d.ts'), contracts.text);
  files.set(join(clientDir, 'router.d.ts'), flattenRouter(client, contracts));
  for (const [path, text] of files) {
    const inClient = relative(clientDir, path);
    if (inClient.startsWith('..')) continue;
    const target = join(workDir, inClient);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
