import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const ADMIN = join(import.meta.dirname, '../packages/worker/src/admin/main.ts');
const DAY_MS = 24 * 60 * 60_000;

/** One that a worker has just deleted needs no more. */
async function makeOlder(path: string, longAgo: Date): Promise<void> {
  try {
    await utimes(path, longAgo, longAgo);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Makes everything in the store so many days older, and runs the sweep by hand. */
export async function sweepLater(
  dataDir: string,
  options: { readonly afterDays: number; readonly environment: Readonly<Record<string, string>> },
): Promise<void> {
  const longAgo = new Date(Date.now() - options.afterDays * DAY_MS);
  const root = join(dataDir, 'objects');
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await makeOlder(join(entry.parentPath, entry.name), longAgo);
  }
  const sweep = spawn(process.execPath, [ADMIN, 'sweep'], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(sweep, 'exit');
  if (sweep.exitCode !== 0) throw new Error(`the sweep ended with ${sweep.exitCode}`);
}
