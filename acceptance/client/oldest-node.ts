/** The oldest Node that the package says it works in, whatever Node this machine has. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
const manifestSchema = z.object({ engines: z.object({ node: z.string() }) });

export interface OldestNode {
  readonly version: string;
  /** Where it is, or why it could not be had. */
  readonly found: { readonly path: string } | { readonly why: string };
}

/**
 * Takes it from the registry that npm is set to, into `folder`: not a dependency, since its `node` would come to stand
 * where that of this checkout does, and since every `npm ci` would take as long.
 */
export async function fetchOldestNode(installed: string, folder: string): Promise<OldestNode> {
  const { engines } = manifestSchema.parse(
    JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')),
  );
  const bound = /^>=(\d+\.\d+)$/.exec(engines.node)?.[1];
  if (bound === undefined) throw new Error(`no oldest Node in "${engines.node}"`);
  const version = `${bound}.0`;
  const tarball = `${packageName()}-${version}.tgz`;
  try {
    await run('npm', ['pack', '--prefer-offline', '--loglevel=error', `${packageName()}@${version}`], {
      cwd: folder,
      timeout: TIMEOUT_MS,
    });
    await run('tar', ['-xzf', tarball, 'package/bin/node'], { cwd: folder, timeout: TIMEOUT_MS });
  } catch (error) {
    return { version, found: { why: error instanceof Error ? error.message : String(error) } };
  }
  return { version, found: { path: join(folder, 'package', 'bin', 'node') } };
}

/** Where Node's binaries for this system are, as the package `node` finds them. */
function packageName(): string {
  const { platform, arch } = process;
  return `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
}
