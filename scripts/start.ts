/**
 * `npm start`: brings up everything that Instashare needs on this machine, and takes it down again in order.
 * It starts the processes, and knows nothing of what they do.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const OLDEST_NODE = 24;
const major = Number.parseInt(process.versions.node, 10);

if (major < OLDEST_NODE) {
  console.error(
    `Instashare needs Node ${OLDEST_NODE}, this is ${process.version}: use "npm start", which brings its own.`,
  );
  process.exit(1);
}
const checkout = join(import.meta.dirname, '..');
// Half of a start is loading code: its compiled form is kept for the next one, here and in all programs.
const compileCache =
  process.env['NODE_COMPILE_CACHE'] ?? join(checkout, 'node_modules', '.cache', 'node-compile-cache');
enableCompileCache(compileCache);
const { runStart } = await import('./start/run-start.ts');

process.exit(
  await runStart(process.argv.slice(2), {
    environment: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    checkout,
    programs: {
      api: join(checkout, 'packages/api/src/main.ts'),
      worker: join(checkout, 'packages/worker/src/main.ts'),
      cli: join(checkout, 'packages/sync/src/cli/main.ts'),
    },
  }),
);
