#!/usr/bin/env node
/**
 * `exec node SCRIPT …` in an npm script replaces the shell by the program, so that npm's signals reach it. Every
 * shell of POSIX has that built in, and never looks for a program of that name. Windows' cmd.exe has not, and finds
 * this one, which npm puts on the PATH: it becomes the script itself, in this very process.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [node, , program, script, ...args] = process.argv;
if (program !== 'node' || script === undefined) {
  process.stderr.write('exec: use: exec node SCRIPT [ARGUMENT …]\n');
  process.exit(2);
}
const path = resolve(script);
process.argv = [node, path, ...args];
await import(pathToFileURL(path).href);
