import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Measures Instashare on this machine, side by side with what else is installed here.

  npm run bench -- [--tree DIR] [--big FILE] [--runs N] [--only PART]
                  [--files N] [--with syncthing] [--plans]

  --tree DIR    many files to upload (default: 8,000 real files of this machine)
  --big FILE    one large file to upload (default: 1 GiB made of real files)
  --runs N      how often everything is measured (default: 3)
  --only PART   start, ingest, stages, compression, change, folder, api, load (of the api alone, which is a
                part of api) or desktop (default: all but the last two; the desktop needs an Electron)
  --files N     how many small files the part folder has (default: 80,000; a quarter more is added at its end)
  --with NAME   also a peer that takes very long: syncthing, in the part folder (over ten minutes for 80,000 files)
  --plans       also how the database reads the pages that the api lists`;

const PARTS = [
  'start',
  'ingest',
  'stages',
  'compression',
  'change',
  'folder',
  'api',
  'load',
  'desktop',
] as const;
/** So that each of its changes falls upon another file. */
const LEAST_FILES = 800;
const LEFT_OUT: readonly string[] = ['load', 'desktop'];
const LONG_PEERS = ['syncthing'] as const;
/** Those that are measured only when they are asked for. */
export type LongPeer = (typeof LONG_PEERS)[number];
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly help: boolean;
  readonly tree: string | null;
  readonly big: string | null;
  readonly runs: number;
  readonly files: number;
  readonly with: readonly LongPeer[];
  readonly plans: boolean;
  readonly parts: readonly Part[];
}

export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      tree: { type: 'string' },
      big: { type: 'string' },
      runs: { type: 'string', default: '3' },
      files: { type: 'string', default: '80000' },
      with: { type: 'string', multiple: true, default: [] },
      plans: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const only = someOf('only', PARTS, values.only);
  const from = process.env['INIT_CWD'] ?? process.cwd();
  return {
    help: values.help,
    tree: values.tree === undefined ? null : resolve(from, values.tree),
    big: values.big === undefined ? null : resolve(from, values.big),
    runs: numberFrom('runs', 1, values.runs),
    files: numberFrom('files', LEAST_FILES, values.files),
    with: someOf('with', LONG_PEERS, values.with),
    plans: values.plans,
    parts: PARTS.filter((part) => (only.length === 0 ? !LEFT_OUT.includes(part) : only.includes(part))),
  };
}

function numberFrom(name: string, least: number, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) throw new Error(`--${name} takes a number from ${least}`);
  return number;
}

function someOf<T extends string>(name: string, all: readonly T[], given: readonly string[]): T[] {
  const isUnknown = given.some((value) => !all.some((one) => one === value));
  if (isUnknown) throw new Error(`--${name} takes one of ${all.join(', ')}`);
  return all.filter((one) => given.includes(one));
}
