import type { FolderRun, TreeSize } from './folder-engine.ts';
import type { FolderPeerTimes } from './folder-peers.ts';
import { format, percentile, table } from './statistics.ts';

const MB = 1_000_000;

export interface FolderFigures {
  readonly size: TreeSize;
  readonly sizeBytes: number;
  readonly runs: readonly FolderRun[];
  /** By name. */
  readonly peers: ReadonlyMap<string, readonly FolderPeerTimes[]>;
}

export function reportFolder({ size, sizeBytes, runs, peers }: FolderFigures): string {
  return [
    `### The folder engine: ${size.files} small files, ${(sizeBytes / MB).toFixed(0)} MB`,
    table(['', 'seconds', 'files/s'], timeRows(runs, size)),
    table(
      ['memory of the watch, MB', 'resident', 'peak'],
      [...memoryRows(runs, size), ...peerMemoryRows(peers)],
    ),
    describeLatency(runs),
    table(
      ['seconds', 'first', 'nothing changed', 'one change', `${size.filesInAPart} moved`],
      peerRows(runs, peers),
    ),
    'Nothing changed and one change are ours by `watch --once`, the first upload and the move by a watch that runs.',
    ratiosOf(runs, peers),
  ].join('\n\n');
}

const valuesOf = (runs: readonly FolderRun[], figure: (run: FolderRun) => number, digits = 2) =>
  format(runs.map(figure), digits);

function timeRows(runs: readonly FolderRun[], size: TreeSize): string[][] {
  const rate = (files: number, seconds: (run: FolderRun) => number) =>
    valuesOf(runs, (run) => files / seconds(run), 0);
  const row = (name: string, seconds: (run: FolderRun) => number, files = size.files) => [
    name,
    valuesOf(runs, seconds),
    rate(files, seconds),
  ];
  return [
    row('first upload, by a watch, until all is stored', (run) => run.firstSeconds),
    row('scan with nothing changed, in the watch', (run) => run.rescanSeconds),
    row('scan with nothing changed, in `watch --once`', (run) => run.onceScanSeconds),
    row('`watch --once`, nothing changed, until it has ended', (run) => run.onceSeconds),
    row('a folder renamed, until the server has it', (run) => run.movedSeconds, size.filesInAPart),
  ];
}

function memoryRows(runs: readonly FolderRun[], { files, moreFiles }: TreeSize): string[][] {
  const all = files + moreFiles;
  const row = (name: string, memory: (run: FolderRun) => FolderRun['grown']) => [
    name,
    valuesOf(runs, (run) => memory(run).residentBytes / MB, 0),
    valuesOf(runs, (run) => memory(run).peakBytes / MB, 0),
  ];
  return [
    row(`when ${files} files are stored`, (run) => run.uploading),
    row('after the changes, the move and another scan', (run) => run.watched),
    row(`another watch, over ${files} files, none of them changed`, (run) => run.atRest),
    row(`another watch, over ${all} files, ${moreFiles} of them new`, (run) => run.grown),
    row(`another watch, over ${all} files, none of them changed`, (run) => run.grownAtRest),
  ];
}

/** Of those that go on running, over as many files. */
function peerMemoryRows(peers: ReadonlyMap<string, readonly FolderPeerTimes[]>): string[][] {
  return [...peers].flatMap(([name, times]) => {
    const memories = times.flatMap(({ memory }) => memory ?? []);
    if (memories.length === 0) return [];
    const cell = (what: 'residentBytes' | 'peakBytes') =>
      format(
        memories.map((memory) => memory[what] / MB),
        0,
      );
    return [[`${name}: the one that sends`, cell('residentBytes'), cell('peakBytes')]];
  });
}

function describeLatency(runs: readonly FolderRun[]): string {
  const all = runs.flatMap(({ latenciesMs }) => latenciesMs);
  const [p50, p95] = [percentile(all, 50).toFixed(0), percentile(all, 95).toFixed(0)];
  return (
    `One change among them is stored ${p50} ms after it was written (p50 of ${all.length}; p95: ${p95} ms). ` +
    `With nothing to do, the watch uses ${valuesOf(runs, (run) => run.idleMsPerMinute, 0)} ms of processor time a minute.`
  );
}

function peerRows(
  runs: readonly FolderRun[],
  peers: ReadonlyMap<string, readonly FolderPeerTimes[]>,
): string[][] {
  const ours = [
    'instashare watch',
    ...[
      (run: FolderRun) => run.firstSeconds,
      (run: FolderRun) => run.onceSeconds,
      (run: FolderRun) => run.onceChangedSeconds,
      (run: FolderRun) => run.movedSeconds,
    ].map((figure) => valuesOf(runs, figure)),
  ];
  return [ours, ...[...peers].map(([name, times]) => [name, ...cellsOf(times)])];
}

function cellsOf(times: readonly FolderPeerTimes[]): string[] {
  return (['first', 'unchanged', 'oneChange', 'moved'] as const).map((what) => {
    const seconds = times.map((time) => time[what]).filter((value) => value !== null);
    return seconds.length === 0 ? '–' : format(seconds, 2);
  });
}

/** Run by run, as everywhere: what the machine did besides fell upon both. */
function ratiosOf(
  runs: readonly FolderRun[],
  peers: ReadonlyMap<string, readonly FolderPeerTimes[]>,
): string {
  const rows = [...peers].map(([name, times]) => {
    const ratio = (figure: (run: FolderRun) => number) =>
      format(
        runs.map((run, at) => figure(run) / (times[at]?.unchanged ?? Number.NaN)),
        2,
      );
    return [name, ratio((run) => run.rescanSeconds), ratio((run) => run.onceSeconds)];
  });
  return table(['nothing changed: ours is × as long as', 'scan in the watch', '`watch --once`'], rows);
}
