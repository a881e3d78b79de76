/** Whether a command that is not run could be: what it names must be there. Gives what is wrong, null when nothing is. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import type { Call } from './split-commands.ts';

type Check = (args: Call) => Promise<string | null> | string | null;

const CHECKS: Readonly<Record<string, Check>> = {
  npm: checkNpm,
  npx: (args) => checkCall(args),
  instashare: (args) => checkOptions('instashare', args),
  'instashare-admin': checkAdmin,
  docker: checkCompose,
  cp: ([from = '']) => missingFile(from),
  node: ([file = '', ...args]) =>
    missingFile(file) ?? (file.endsWith('/instashare-admin.js') ? checkAdmin(args) : null),
  sudo: () => null,
  vitest: () => null,
  rm: () => null,
};

export const isKnownProgram = (program: string): boolean => Object.hasOwn(CHECKS, program);

export function checkCall([program = '', ...args]: Call): Promise<string | null> | string | null {
  const check = CHECKS[program];
  return check === undefined ? `nobody checks calls of "${program}"` : check(args);
}

const missingFile = (path: string): string | null =>
  existsSync(join(CHECKOUT, path)) ? null : `there is no ${path}`;

const packageSchema = z.object({ name: z.string().optional(), scripts: z.record(z.string(), z.string()) });

function scriptsOf(folder: string): ReadonlySet<string> {
  const text = readFileSync(join(CHECKOUT, folder, 'package.json'), 'utf8');
  return new Set(Object.keys(packageSchema.parse(JSON.parse(text)).scripts));
}

/** A workspace is named by its folder or by the name of its package. */
function checkNpm(args: Call): string | null {
  const [verb = '', name = ''] = args;
  const workspace = args[args.indexOf('-w') + 1] ?? '';
  const folder = args.includes('-w') ? workspace.replace('@instashare/', 'packages/') : '.';
  if (verb === 'publish' || verb === 'view') return null;
  if (verb === 'ci' || verb === 'install' || verb === 'install-scripts') return null;
  const missing = folder.includes('PACKAGE') ? null : missingFile(join(folder, 'package.json'));
  if (missing !== null) return missing;
  const script = verb === 'run' ? name : verb;
  return scriptsOf(folder).has(script) ? null : `${folder}/package.json has no script "${script}"`;
}

const composeSchema = z.object({ services: z.record(z.string(), z.unknown()) });
const WITH_VALUE = new Set(['--scale', '--volume', '--profile']);

function checkCompose(args: Call): Promise<string | null> | string | null {
  const [compose, verb = '', ...rest] = args;
  if (compose === 'compose' && verb === '') return null;
  if (compose !== 'compose' || !['up', 'run'].includes(verb)) return `is "docker ${compose} ${verb}" right?`;
  const text = readFileSync(join(CHECKOUT, 'docker-compose.yml'), 'utf8');
  const services = new Set(Object.keys(composeSchema.parse(parse(text)).services));
  const scaled = rest.flatMap((word, at) => (word === '--scale' ? [rest[at + 1]?.split('=')[0] ?? ''] : []));
  const plain = rest.findIndex((word, at) => !word.startsWith('-') && !WITH_VALUE.has(rest[at - 1] ?? ''));
  const positional = plain === -1 ? [] : rest.slice(plain);
  const named =
    verb === 'up'
      ? positional.filter((word) => !word.startsWith('-') && !word.includes('='))
      : positional.slice(0, 1);
  const unknown = [...scaled, ...named].filter((service) => !services.has(service));
  if (unknown.length > 0) return `docker-compose.yml has no service ${unknown.join()}`;
  return verb === 'run' ? checkCall(positional.slice(1)) : null;
}

const helps = new Map<string, Promise<string | null>>();

/** null where the program says that the command line makes no sense. */
function helpOf(program: string, words: Call): Promise<string | null> {
  const key = [program, ...words].join(' ');
  const known = helps.get(key) ?? askHelp(program, words);
  helps.set(key, known);
  return known;
}

function askHelp(program: string, words: Call): Promise<string | null> {
  const command = join(CHECKOUT, 'node_modules', '.bin', program);
  return new Promise((resolve) => {
    execFile(command, [...words, '--help'], { env: scrubbedEnvironment() }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}

/** Words such as FILE, FILE…, <x> and [x] stand for others, and end what names the command. */
const isName = (word: string): boolean => /^[a-z][a-z-]*$/.test(word);

/** The help of `instashare-admin` has its whole name in front of each command. */
const listsCommand = (help: string, name: string): boolean =>
  new RegExp(`^  (?:instashare-admin )?${name}\\b`, 'm').test(help);

/** The command must be one of the program's, and each option be in its help. */
async function checkOptions(program: string, args: Call): Promise<string | null> {
  const end = args.findIndex((word) => !isName(word));
  const names = (end === -1 ? args : args.slice(0, end)).slice(0, 2);
  const top = (await helpOf(program, [])) ?? '';
  const [name, second] = names;
  if (name !== undefined && !listsCommand(top, name)) return `"${program}" has no command "${name}"`;
  const own = (await helpOf(program, names.slice(0, 1))) ?? '';
  // Of a group the second word is a command, too.
  const group = own.split('\nCommands:\n')[1];
  if (name !== undefined && second !== undefined && group !== undefined && !listsCommand(group, second))
    return `"${program} ${name}" has no command "${second}"`;
  const help = `${top}\n${own}\n${(await helpOf(program, names)) ?? ''}`;
  const options = args.filter((word) => /^-{1,2}[a-z]/.test(word)).map((word) => word.split('=')[0] ?? '');
  const unknown = options.filter((option) => !new RegExp(`(?:^|[\\s,\\[])${option}\\b`, 'm').test(help));
  return unknown.length === 0 ? null : `"${program} ${names.join(' ')}" does not know ${unknown.join()}`;
}

/** Its help is one page for all commands. */
function checkAdmin(args: Call): Promise<string | null> {
  return checkOptions('instashare-admin', args);
}
