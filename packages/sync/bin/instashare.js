#!/usr/bin/env node
// Plain JavaScript, for any Node: an old one would only say that it does not know what a `.ts` file is.
const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `instashare: Node ${OLDEST_NODE} or newer is needed, this is ${process.version}: use "npx instashare", which brings its own\n`,
  );
  process.exit(1);
}
await import('../src/cli/main.ts');
