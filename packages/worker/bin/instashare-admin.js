#!/usr/bin/env node
// Plain JavaScript, for any Node: an old one would only say that it does not know what a `.ts` file is.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `instashare-admin: Node ${OLDEST_NODE} or newer is needed, this is ${process.version}: use "npm run admin --"\n`,
  );
  process.exit(3);
}
// Most of a start is loading code: its compiled form is kept for the next one, where that can be written.
module.enableCompileCache(
  fileURLToPath(new URL('../../../node_modules/.cache/node-compile-cache', import.meta.url)),
);
await import('../src/admin/main.ts');
