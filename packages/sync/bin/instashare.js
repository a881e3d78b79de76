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
// glibc keeps much of what is freed, for each thread by itself: of a folder of 100,000 files some 20 MB. It asks its
// environment when a process begins, and never again, so one that is to run for long begins once more.
const { argv, env, execArgv, execPath, platform } = process;
const args = argv.slice(2);
const command = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--server');
const runsForLong = command === 'watch' && !args.includes('--once');
if (platform === 'linux' && runsForLong && env.MALLOC_ARENA_MAX === undefined) {
  const thrifty = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' };
  process.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, ...thrifty });
}
// What ends soon need not look for garbage all the time: that was a third of its processor time. It takes 60 MB more, with
// 60,000 files 150.
if (runsForLong) {
  // Keeps the garbage of thousands of requests from piling up. Only before the heap has grown does it help, and it grows
  // while code is loaded.
  setFlagsFromString('--semi-space-growth-factor=1');
  // V8 would let garbage grow to several times of what is in use before it looks: for 100,000 files, 50 MB.
  setFlagsFromString('--heap-growing-percent=15');
  // And it keeps the pages that garbage has left, some 20 MB, until there is nothing to do for long: it gives them back
  // after two seconds, whatever there is to do.
  setFlagsFromString('--memory-saver-mode');
  setFlagsFromString('--gc-memory-reducer-start-delay-ms=2000');
}
// Most of a start is loading code: its compiled form is kept for the next one. From the first `.ts` file on, or
// what strips the types is loaded for that one file.
module.enableCompileCache(
  fileURLToPath(new URL('../../../node_modules/.cache/node-compile-cache', import.meta.url)),
);
await import('../src/cli/main.ts');
