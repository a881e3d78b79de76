/** A figure of the one table: what ours took, and what it is set beside. Pure. */
import { summarise } from './statistics.ts';

/** What was measured in each run: once, or several times. */
export type Runs = readonly (readonly number[])[];

export interface Measured {
  readonly name: string;
  readonly runs: Runs;
}

export interface Aim {
  readonly bound: 'at most' | 'at least';
  readonly value: number;
  /** By its name, what the value is a multiple of; left out: the value is one of ours. */
  readonly of?: string;
}

export interface Figure {
  readonly what: string;
  readonly unit: 's' | 'ms' | 'MB' | '%' | '×' | 'requests/s';
  /** Left out: less is better. */
  readonly isMoreBetter?: boolean;
  readonly runs: Runs;
  /** Those that were found on the machine. */
  readonly peers?: readonly Measured[];
  /** The least that anything can take: the first of them matters most. */
  readonly limits?: readonly Measured[];
  readonly aim?: Aim;
}

/** Of a thing that is measured once a run. */
export const onceARun = (values: readonly number[]): Runs => values.map((value) => [value]);

const medianOf = (values: readonly number[]): number => summarise(values).median;

/** Run by run, of the runs that both have: what the machine did besides fell upon both. */
export function ratiosOf(ours: Runs, theirs: Runs): number[] {
  return ours
    .slice(0, theirs.length)
    .map((values, run) => medianOf(values) / medianOf(theirs[run] ?? []))
    .filter(Number.isFinite);
}

/** The one that the aim names, or else the best of them. */
export function chosenPeer({ peers = [], aim, isMoreBetter = false }: Figure): Measured | null {
  const measured = peers.filter(({ runs }) => runs.flat().length > 0);
  const named = measured.find(({ name }) => name === aim?.of);
  if (named !== undefined) return named;
  const sorted = measured.toSorted((a, b) => medianOf(a.runs.flat()) - medianOf(b.runs.flat()));
  return sorted.at(isMoreBetter ? -1 : 0) ?? null;
}

/** By the median; null: what it is a multiple of was not measured. */
export function isReached({ runs, peers = [], limits = [] }: Figure, aim: Aim): boolean | null {
  const other = [...peers, ...limits].find(({ name }) => name === aim.of);
  const values = aim.of === undefined ? runs.flat() : ratiosOf(runs, other?.runs ?? []);
  if (values.length === 0) return null;
  const median = medianOf(values);
  return aim.bound === 'at most' ? median <= aim.value : median >= aim.value;
}
