/** What the one table has of the part api. Pure. */
import { type EventFigures, READERS } from './api-events.ts';
import type { Load } from './api-load.ts';
import { FEW, MANY } from './api-rows.ts';
import { type Figure, onceARun } from './figure.ts';
import type { ApiFigures, LoadFigures } from './report-api.ts';
import { percentile } from './statistics.ts';

const MB = 1_000_000;
/** Of the requests per second of the bare route. */
const BARE_SHARE = 0.7;
const MOST_P99_BY_P50 = 5;

export const apiFigures = (figures: ApiFigures): Figure[] => [
  ...loadFigures(figures),
  ...listingFigures(figures),
  ...eventFigures(figures.events),
];

export function loadFigures({ loads }: LoadFigures): Figure[] {
  const first = loads[0] ?? [];
  return first.flatMap((load, at) => {
    if (load.bare === null) return [];
    const each = loads.flatMap((run) => run[at] ?? []);
    return figuresOf(load, load.bare.name, each);
  });
}

function figuresOf({ name, connections }: Load, bare: string, each: readonly Load[]): Figure[] {
  const what = `${name}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
  const ratio = (ms: readonly number[]) => percentile(ms, 99) / percentile(ms, 50);
  return [
    {
      what,
      unit: 'requests/s',
      isMoreBetter: true,
      runs: onceARun(each.map(({ perSecond }) => perSecond)),
      limits: [{ name: bare, runs: onceARun(each.map((load) => load.bare?.perSecond ?? Number.NaN)) }],
      aim: { bound: 'at least', value: BARE_SHARE, of: bare },
    },
    {
      what: `${what}, p99 / p50`,
      unit: '×',
      runs: onceARun(each.map(({ latenciesMs }) => ratio(latenciesMs))),
      aim: { bound: 'at most', value: MOST_P99_BY_P50 },
    },
  ];
}

/** There is no other program: an account with few files is what it is set beside. */
const listingFigures = ({ many, few }: ApiFigures): Figure[] =>
  many.map(({ name, latenciesMs }, at) => ({
    what: `list, ${name}, of ${MANY} files`,
    unit: 'ms',
    runs: [latenciesMs],
    limits: [{ name: `the same of ${FEW} files`, runs: [few[at]?.latenciesMs ?? []] }],
  }));

const eventFigures = ({ latenciesMs, bytesAtRest }: EventFigures): Figure[] => [
  { what: `one change, until each of ${READERS} who follow is told`, unit: 'ms', runs: [latenciesMs] },
  { what: `memory of the api with ${READERS} who follow`, unit: 'MB', runs: [[bytesAtRest / MB]] },
];
