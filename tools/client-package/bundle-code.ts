import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ENTRIES } from './types/program.ts';

export interface BundleCodeOptions {
  readonly clientDir: string;
  readonly outDir: string;
  /** Packages that are imported, not bundled. */
  readonly external: readonly string[];
}

/** Writes one file of JavaScript for each entry of the client, and one for what they share. */
export async function bundleCode({ clientDir, outDir, external }: BundleCodeOptions): Promise<void> {
  const isExternal = (id: string) =>
    id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`));
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(clientDir, path)])),
    platform: 'neutral',
    external: isExternal,
    transform: { target: 'es2022' },
    tsconfig: false,
  });
  await build.write({ dir: outDir, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'shared.js' });
  await build.close();
}
