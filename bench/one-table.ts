/** The one table at the end of a run: a row for each figure of the parts that ran. Pure. */
import {
  type Aim,
  chosenPeer,
  type Figure,
  isReached,
  type Measured,
  type Runs,
  ratiosOf,
} from './figure.ts';
import { format, summarise, table } from './statistics.ts';

const HEAD = [
  'what',
  'ours',
  'best or named peer',
  'its figure',
  'ours ÷ peer',
  'plain limit',
  'its figure',
  'ours ÷ limit',
  'aim',
] as const;
const NOTHING = '–';
/** For the spread of a small figure to show. */
const SMALL = 10;

export function oneTable(figures: readonly Figure[]): string {
  return `### In one table\n\n${table(HEAD, figures.flatMap(rowsOf))}`;
}

/** Each limit behind the first has a row of its own, with nothing but the limit in it. */
export function rowsOf(figure: Figure): string[][] {
  const [limit, ...others] = figure.limits ?? [];
  const first = [
    figure.what,
    textOf(figure.runs, figure),
    ...besides(figure, chosenPeer(figure)),
    ...besides(figure, limit ?? null),
    aimOf(figure),
  ];
  const rest = others.map((other) => ['', '', '', '', '', ...besides(figure, other), '']);
  return [first, ...rest];
}

function besides(figure: Figure, other: Measured | null): string[] {
  if (other === null) return [NOTHING, NOTHING, NOTHING];
  const ratios = ratiosOf(figure.runs, other.runs);
  return [other.name, textOf(other.runs, figure), ratios.length === 0 ? NOTHING : format(ratios, 2)];
}

function textOf(runs: Runs, { unit }: Figure): string {
  const values = runs.flat();
  if (values.length === 0) return NOTHING;
  return `${format(values, digitsOf(values, unit))} ${unit}`;
}

function digitsOf(values: readonly number[], unit: Figure['unit']): number {
  if (unit === 's') return 2;
  return summarise(values).median < SMALL ? 2 : 0;
}

function aimOf(figure: Figure): string {
  const { aim } = figure;
  if (aim === undefined) return NOTHING;
  const reached = isReached(figure, aim);
  if (reached === null) return `${describe(aim, figure)}: not measured`;
  return `${describe(aim, figure)}: ${reached ? 'reached' : '**not reached**'}`;
}

function describe({ bound, value, of }: Aim, { unit, peers = [], limits = [] }: Figure): string {
  const sign = bound === 'at most' ? '≤' : '≥';
  if (of === undefined) return `${sign} ${value} ${unit}`;
  if (peers.some(({ name }) => name === of)) return `${sign} ${value} × the peer`;
  return `${sign} ${value} × ${limits.some(({ name }) => name === of) ? 'the limit' : of}`;
}
