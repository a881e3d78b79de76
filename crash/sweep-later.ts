import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StoreView } from './store-view.ts';

const ADMIN = join(import.meta.dirname, '../packages/worker/src/admin/main.ts');
const DAY_MS = 24 * 60 * 60_000;

/** Makes everything in the store so many days older, and runs the sweep by hand. */
export async function sweepLater(
  store: StoreView,
  options: { readonly afterDays: number; readonly environment: Readonly<Record<string, string>> },
): Promise<void> {
  await store.makeOlder(options.afterDays * DAY_MS);
  const sweep = spawn(process.execPath, [ADMIN, 'sweep'], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(sweep, 'exit');
  if (sweep.exitCode !== 0) throw new Error(`the sweep ended with ${sweep.exitCode}`);
}
