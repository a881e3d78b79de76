#!/usr/bin/env node
// Plain JavaScript, for any Node: an old one would only say that it does not know what a `.ts` file is.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `instashare: Node ${OLDEST_NODE} or newer is needed, this is ${process.version}: use "npx instashare", which brings its own\n`,
  );
  process.exit(1);
}
// Keeps the garbage of thousands of requests from piling up. Only before the heap has grown does it help, and it grows
// while code is loaded.
setFlagsFromString('--semi-space-growth-factor=1');
// V8 would let garbage grow to several times of what is in use before it looks: for 100,000 files, 50 MB.
setFlagsFromString('--heap-growing-percent=30');
// Most of a start is loading code: its compiled form is kept for the next one. From the first `.ts` file on, or
// what strips the types is loaded for that one file.
module.enableCompileCache(
  fileURLToPath(new URL('../../../node_modules/.cache/node-compile-cache', import.meta.url)),
);
await import('../src/cli/main.ts');
