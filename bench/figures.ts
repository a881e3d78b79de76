/** What the one table has of each part. Pure. */
import type { CompressionFigures, IngestFigures } from './bench-input.ts';
import type { ChangeFigures } from './change-latency.ts';
import type { Compression } from './compression.ts';
import type { DesktopFigures } from './desktop.ts';
import { type Figure, type Measured, onceARun, type Runs } from './figure.ts';
import type { Input } from './input.ts';
import { CURL_SYNC, RESTIC } from './peers.ts';
import { zstdFor } from './report.ts';
import type { StartTimes } from './start-times.ts';

const MB = 1_000_000;

export const startFigures = (times: readonly StartTimes[]): Figure[] => [
  {
    what: '`npm start` until ready, the first',
    unit: 's',
    runs: onceARun(times.map((time) => time.firstSeconds)),
  },
  {
    what: '`npm start` until ready, the second',
    unit: 's',
    runs: onceARun(times.map((time) => time.secondSeconds)),
  },
];

export const changeFigures = ({ latenciesMs, plainMs }: ChangeFigures): Figure[] => [
  {
    what: 'one new file in a watched folder, until stored',
    unit: 'ms',
    runs: [latenciesMs],
    limits: [{ name: 'write; fsync of the file and its folder', runs: [plainMs] }],
  },
];

const describe = ({ files, sizeBytes }: Input): string =>
  `${files === 1 ? 'one file' : `${files} files`} of ${(sizeBytes / MB).toFixed(0)} MB`;

export function ingestFigures({ input, ours, peers }: IngestFigures): Figure[] {
  const besides = (what: 'stored' | 'ready' | 'limit') =>
    peers
      .filter((peer) => peer.besides.includes(what))
      .map(({ name, seconds }) => ({ name, runs: onceARun(seconds) }));
  // What speaks HTTP comes first.
  const limits = besides('limit').toSorted(
    (a, b) => Number(b.name === CURL_SYNC) - Number(a.name === CURL_SYNC),
  );
  return [
    {
      what: `${describe(input)}, until stored`,
      unit: 's',
      runs: onceARun(ours.map(({ storedSeconds }) => storedSeconds)),
      peers: besides('stored'),
      limits,
      aim:
        input.name === 'many files'
          ? { bound: 'at most', value: 1, of: RESTIC }
          : { bound: 'at most', value: 1.3, of: CURL_SYNC },
    },
    {
      what: `${describe(input)}, until ready`,
      unit: 's',
      runs: onceARun(ours.map(({ readySeconds }) => readySeconds)),
      peers: besides('ready'),
      limits,
    },
  ];
}

export function compressionFigures({ input, ours, zstd }: CompressionFigures): Figure[] {
  const name = zstdFor(input);
  const of = (figure: (one: Compression) => number) => ({
    runs: onceARun(ours.map(figure)),
    peers: [{ name, runs: onceARun(zstd.map(figure)) }],
  });
  return [
    {
      what: `compression of ${describe(input)}`,
      unit: 's',
      ...of(({ seconds }) => seconds),
      aim: { bound: 'at most', value: 1, of: name },
    },
    {
      what: `what is left of ${describe(input)}`,
      unit: '%',
      ...of(({ storedBytes }) => (100 * storedBytes) / input.sizeBytes),
    },
  ];
}

const emptyWindow = (runs: Runs): Measured => ({ name: 'an empty window', runs });

export function desktopFigures(runs: readonly DesktopFigures[]): Figure[] {
  const of = (figure: (run: DesktopFigures) => number) => onceARun(runs.map(figure));
  return [
    {
      what: 'desktop, until its window shows how things stand',
      unit: 's',
      runs: of((run) => run.startSeconds),
      limits: [emptyWindow(of((run) => run.empty.startSeconds))],
    },
    {
      what: 'desktop, memory with nothing to do',
      unit: 'MB',
      runs: of((run) => run.idleBytes / MB),
      limits: [emptyWindow(of((run) => run.empty.idleBytes / MB))],
    },
    {
      what: 'desktop, memory with 100,000 files known',
      unit: 'MB',
      runs: of((run) => run.idleBytesWithMany / MB),
    },
    {
      what: 'desktop, size when it is installed',
      unit: 'MB',
      runs: of(({ size }) => size.totalBytes / MB),
      limits: [emptyWindow(of(({ size }) => (size.totalBytes - size.ownBytes) / MB))],
    },
  ];
}
