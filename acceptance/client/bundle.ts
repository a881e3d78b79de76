import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

export interface BrowserBundle {
  readonly code: string;
  readonly gzippedBytes: number;
  /** What of it is left to be imported. */
  readonly imports: readonly string[];
}

/** Bundles a program for browsers as an application's build does: with all it imports, minified. */
export async function bundleForBrowser(program: string): Promise<BrowserBundle> {
  const build = await rolldown({
    input: program,
    platform: 'browser',
    cwd: join(program, '..'),
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const chunks = output.filter((part) => part.type === 'chunk');
  const code = chunks.map((chunk) => chunk.code).join('\n');
  return {
    code,
    gzippedBytes: gzipSync(code, { level: 9 }).byteLength,
    imports: chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]),
  };
}
