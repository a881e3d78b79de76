import type { CompressionFigures, IngestFigures } from './bench-input.ts';
import type { ChangeFigures } from './change-latency.ts';
import type { Compression } from './compression.ts';
import type { Ingest } from './ingest.ts';
import type { Input } from './input.ts';
import type { Stages } from './stages.ts';
import type { StartTimes } from './start-times.ts';
import { format, summarise, table } from './statistics.ts';

const MB = 1_000_000;

export function reportIngest({ input, ours: runs, peers }: IngestFigures): string {
  const rate = (seconds: (run: Ingest) => number, amount: number, digits: number) =>
    format(
      runs.map((run) => amount / seconds(run)),
      digits,
    );
  const rows = (['stored', 'ready'] as const).map((until) => {
    const seconds = (run: Ingest) => (until === 'stored' ? run.storedSeconds : run.readySeconds);
    return [
      `until ${until}`,
      format(runs.map(seconds), 2),
      rate(seconds, input.files, input.files < 10 ? 2 : 0),
      rate(seconds, input.sizeBytes / MB, 1),
    ];
  });
  const stored = format(runs.map(({ storedBytes }) => (100 * storedBytes) / input.sizeBytes));
  return [
    `### ${input.name}: ${input.files} files, ${(input.sizeBytes / MB).toFixed(0)} MB, stored in ${stored} %`,
    table(['', 'seconds', 'files/s', 'MB/s'], rows),
    reportCpu(runs),
    table(
      ['the same by', 'seconds', 'ours, until stored, is × as long', 'until ready'],
      peers.map(({ name, seconds }) => peerRow(name, runs, seconds)),
    ),
  ].join('\n\n');
}

function reportCpu(runs: readonly Ingest[]): string {
  const names = [...new Set(runs.flatMap(({ cpuSeconds }) => [...cpuSeconds.keys()]))];
  const total = (run: Ingest) => [...run.cpuSeconds.values()].reduce((sum, seconds) => sum + seconds, 0);
  const rows = names.map((name) => {
    const seconds = runs.map(({ cpuSeconds }) => cpuSeconds.get(name) ?? 0);
    const shares = runs.map((run) => (100 * (run.cpuSeconds.get(name) ?? 0)) / total(run));
    return [name, format(seconds), format(shares, 0)];
  });
  return `${table(['CPU time', 'seconds', '% of all'], rows)}\n\n${reportCommand(runs)}`;
}

/** What of the time until stored is the command's own: a watch that runs has it behind it. */
function reportCommand(runs: readonly Ingest[]): string {
  const seconds = (part: (times: Ingest['command']) => number) =>
    format(
      runs.map(({ command }) => part(command) / 1000),
      2,
    );
  return [
    `Of the time until stored, ${seconds(({ scannedAtMs }) => scannedAtMs)} s went by until the command had started`,
    `and scanned the folder (the scan itself: ${seconds(({ scanMs }) => scanMs)} s),`,
    `${seconds(({ scannedAtMs, lastStoredAtMs }) => lastStoredAtMs - scannedAtMs)} s from then until the last file`,
    `was stored, and ${seconds(({ lastStoredAtMs, endedAtMs }) => endedAtMs - lastStoredAtMs)} s until it had ended.`,
  ].join(' ');
}

function peerRow(name: string, ours: readonly Ingest[], peerSeconds: readonly number[]): string[] {
  const ratios = (seconds: (run: Ingest) => number) =>
    format(
      ours.map((run, at) => seconds(run) / (peerSeconds[at] ?? Number.NaN)),
      2,
    );
  const stored = ratios(({ storedSeconds }) => storedSeconds);
  const ready = ratios(({ readySeconds }) => readySeconds);
  return [name, format(peerSeconds, 2), stored, ready];
}

export function reportStages(input: Input, { hash, create, put, complete }: Stages): string {
  const stages = { hash, create, put, complete };
  const sums = Object.values(stages).map((values) => values.reduce((sum, value) => sum + value, 0));
  const total = sums.reduce((sum, value) => sum + value, 0);
  const rows = Object.entries(stages).map(([name, values], at) => {
    const share = (100 * (sums[at] ?? 0)) / total;
    return [name, format(values, 2), share.toFixed(0)];
  });
  return `### One upload after the other, by stage (${input.name}, ${hash.length} files)\n\n${table(['', 'ms', '% of all'], rows)}`;
}

/** By its name on the command line. */
export const zstdFor = (input: Input): string => `zstd -3 ${input.files === 1 ? '-T1' : '-T2'}`;

export function reportCompression({ input, ours, zstd }: CompressionFigures): string {
  const shares = (runs: readonly Compression[]) =>
    runs.map(({ storedBytes }) => (100 * storedBytes) / input.sizeBytes);
  const row = (name: string, runs: readonly Compression[]) => [
    name,
    format(
      runs.map(({ seconds }) => seconds),
      2,
    ),
    format(runs.map(({ seconds }) => input.sizeBytes / MB / seconds)),
    format(shares(runs), 2),
  ];
  const times = ours.map(({ seconds }, run) => (zstd[run]?.seconds ?? Number.NaN) / seconds);
  const sizes = ours.map(({ storedBytes }, run) => storedBytes / (zstd[run]?.storedBytes ?? Number.NaN));
  const rows = [
    row('worker, until ready', ours),
    row(zstdFor(input), zstd),
    ['worker by zstd', `${format(times, 2)} × as fast`, '', `${format(sizes, 3)} × as large`],
  ];
  return `### Compression alone: ${input.name}\n\n${table(['', 'seconds', 'MB/s', 'stored, %'], rows)}`;
}

export function reportStart(times: readonly StartTimes[]): string {
  const rows = [
    [
      'first start (makes the database)',
      format(
        times.map(({ firstSeconds }) => firstSeconds),
        2,
      ),
    ],
    [
      'second start',
      format(
        times.map(({ secondSeconds }) => secondSeconds),
        2,
      ),
    ],
    [
      'Ctrl-C until all is stopped',
      format(
        times.map(({ stopSeconds }) => stopSeconds),
        2,
      ),
    ],
  ];
  return `### npm start until ready\n\n${table(['', 'seconds'], rows)}`;
}

export function reportChange({ latenciesMs, plainMs }: ChangeFigures): string {
  const { median, least, most } = summarise(latenciesMs);
  return (
    `### One change, from the end of its writing until it is stored\n\n` +
    `${median.toFixed(0)} ms (${least.toFixed(0)}–${most.toFixed(0)}), ${latenciesMs.length} files written one after the other under \`npm start -- --watch\`; ` +
    `to write such a file and have the disk keep it takes ${format(plainMs, 2)} ms.`
  );
}
