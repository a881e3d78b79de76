import type { DesktopFigures, IdleFigures } from './desktop.ts';
import type { DesktopSize } from './desktop-size.ts';
import { format, table } from './statistics.ts';

const MB = 1_000_000;

export function reportDesktop(runs: readonly DesktopFigures[]): string {
  const row = (name: string, value: (run: DesktopFigures) => number, digits = 0) => [
    name,
    format(runs.map(value), digits),
    '',
  ];
  const rowBeside = (name: string, value: (run: IdleFigures) => number, digits = 0) => [
    name,
    format(runs.map(value), digits),
    format(
      runs.map(({ empty }) => value(empty)),
      digits,
    ),
  ];
  const rows = [
    ...sizeRows(runs.map(({ size }) => size)),
    rowBeside('start until the window shows how things stand, s', ({ startSeconds }) => startSeconds, 2),
    rowBeside('memory, nothing to do, MB', ({ idleBytes }) => idleBytes / MB),
    row('memory, 100,000 files known, MB', ({ idleBytesWithMany }) => idleBytesWithMany / MB),
    rowBeside('processor, nothing to do, % of one core', ({ idleCpuPercent }) => idleCpuPercent, 1),
    ...[0.5, 0.99, 1].map((share) =>
      row(
        `while 10,000 files are hashed and sent: the app answers its page within, ms (${percent(share)})`,
        ({ answersMs }) => quantile(answersMs, share),
        1,
      ),
    ),
    ...[0.99, 1].map((share) =>
      row(
        `and the page's own turn is late by, ms (${percent(share)})`,
        ({ turnsMs }) => quantile(turnsMs, share),
        1,
      ),
    ),
  ];
  return `### The desktop app\n\n${table(['all processes together', 'the app', 'Electron with an empty window'], rows)}`;
}

/** An empty window needs all of Electron, and nothing else. */
function sizeRows(sizes: readonly DesktopSize[]): string[][] {
  const megabytes = (of: (size: DesktopSize) => number) =>
    format(
      sizes.map((size) => of(size) / MB),
      1,
    );
  return [
    [
      'size when it is installed, unpacked, MB',
      megabytes(({ totalBytes }) => totalBytes),
      megabytes(({ totalBytes, ownBytes }) => totalBytes - ownBytes),
    ],
    ['of it our own, MB', megabytes(({ ownBytes }) => ownBytes), ''],
  ];
}

const percent = (share: number) => (share === 1 ? 'most' : `${share * 100} %`);

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
