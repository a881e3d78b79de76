import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { createProgram } from './program.ts';
import { createStyle } from './style.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/cli.md'), 'utf8');
const GLOBAL = ['--server', '--json', '--no-color', '--version', '--help'];

/** The program, and what it prints of itself. */
function makeProgram() {
  let printed = '';
  const { stdin, stdout, stderr } = process;
  const style = createStyle(false);
  const program = createProgram({
    environment: {},
    stdin,
    stdout,
    stderr,
    output: createOutput({ stdout, stderr }, { isJson: false, errorStyle: style }),
    style,
    configFolder: '/nowhere',
    signal: new AbortController().signal,
    onExitCode: () => {},
    onOnlyOutput: () => {},
  });
  program.configureOutput({ writeOut: (text) => (printed += text) });
  return { program, printed: () => printed };
}

interface Leaf {
  readonly usage: string;
  readonly command: Command;
}

/** The commands that do something, by how they are written. */
function leavesOf(command: Command, words = 'instashare'): Leaf[] {
  return command.commands.flatMap((each) => {
    const own = `${words} ${each.name()}`;
    const usage = `${words} ${each.createHelp().subcommandTerm(each)}`;
    return each.commands.length > 0 ? leavesOf(each, own) : [{ usage, command: each }];
  });
}

const leaves = leavesOf(makeProgram().program);

const flagsIn = (text: string): Set<string> => new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g));

function sectionOf(usage: string): string {
  const start = PAGE.indexOf(`### \`${usage}\`\n`);
  expect(start, `docs/cli.md has a section "### \`${usage}\`"`).toBeGreaterThan(-1);
  const rest = PAGE.slice(start + 4);
  return rest.slice(0, /^##/m.exec(rest)?.index ?? rest.length);
}

test.each(leaves)('docs/cli.md and the help of "$usage" agree', ({ usage, command }) => {
  const own = command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? '');
  const named = flagsIn(sectionOf(usage));
  expect(
    own.filter((flag) => !named.has(flag)),
    'options that the page does not name',
  ).toEqual([]);
  // Of other commands and of the system's it may name some, in its examples; not of its own that there are not.
  const known = new Set([
    ...leaves.flatMap((leaf) => leaf.command.options.map(({ long }) => long)),
    ...GLOBAL,
  ]);
  expect(
    [...named].filter((flag) => !known.has(flag)),
    'options that no command has',
  ).toEqual([]);
  expect(command.description(), 'what it does, in the list of commands').not.toBe('');
});

test('docs/cli.md has no command that there is not', () => {
  const headings = [...PAGE.matchAll(/^### `(.*)`$/gm)].map(([, usage]) => usage);
  expect(new Set(headings)).toEqual(new Set(leaves.map(({ usage }) => usage)));
});

test('the help and docs/cli.md name the options for all, the variables and the exit codes', () => {
  const { program, printed } = makeProgram();
  program.outputHelp();
  for (const text of [printed(), PAGE]) {
    for (const name of ['INSTASHARE_SERVER', 'INSTASHARE_TOKEN', 'INSTASHARE_CONFIG_DIR', 'NO_COLOR']) {
      expect(text).toContain(name);
    }
    for (const flag of GLOBAL) expect(flagsIn(text)).toContain(flag);
    for (const code of [EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED]) {
      expect(text).toMatch(new RegExp(`^\\W*${code} `, 'm'));
    }
  }
});
