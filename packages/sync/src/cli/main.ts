/**
 * The `instashare` command. Here a process begins: everything it needs of the world is taken here and handed on.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Half of a start is loading code: its compiled form is kept for the next one.
enableCompileCache(join(import.meta.dirname, '../../../../node_modules/.cache/node-compile-cache'));
const { runCommandLine } = await import('./run-command-line.ts');

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
