import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Measures Instashare on this machine, side by side with what else is installed here.

  npm run bench -- [--tree DIR] [--big FILE] [--runs N] [--only PART] [--plans]

  --tree DIR    many files to upload (default: 8,000 real files of this machine)
  --big FILE    one large file to upload (default: 1 GiB made of real files)
  --runs N      how often everything is measured (default: 3)
  --only PART   start, ingest, stages, compression, change, folder, api, load (of the api alone, which is a
                part of api) or desktop (default: all but the last two; the desktop needs an Electron)
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
const LEFT_OUT: readonly string[] = ['load', 'desktop'];
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly help: boolean;
  readonly tree: string | null;
  readonly big: string | null;
  readonly runs: number;
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
      plans: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number from 1');
  const unknown = values.only.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`--only takes one of ${PARTS.join(', ')}`);
  const from = process.env['INIT_CWD'] ?? process.cwd();
  return {
    help: values.help,
    tree: values.tree === undefined ? null : resolve(from, values.tree),
    big: values.big === undefined ? null : resolve(from, values.big),
    runs,
    plans: values.plans,
    parts: PARTS.filter((part) =>
      values.only.length === 0 ? !LEFT_OUT.includes(part) : values.only.includes(part),
    ),
  };
}
