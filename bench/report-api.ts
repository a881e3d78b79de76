import { type EventFigures, READERS, SILENT } from './api-events.ts';
import type { Listing } from './api-listing.ts';
import { type Load, PAGE_SIZE } from './api-load.ts';
import { FEW, MANY, SOME } from './api-rows.ts';
import { format, percentile, table } from './statistics.ts';

const MB = 1_000_000;

/** Of each run: each has the same rows. */
export interface LoadFigures {
  readonly loads: readonly (readonly Load[])[];
  readonly plans: readonly string[];
}

export interface ApiFigures extends LoadFigures {
  readonly many: readonly Listing[];
  readonly few: readonly Listing[];
  readonly events: EventFigures;
}

export function reportApi({ loads, plans, few, many, events }: ApiFigures): string {
  return [
    loadTable(loads),
    `### The api: listing ${MANY} files and ${FEW}, one request after the other`,
    table(
      [
        '',
        'files in it',
        `${MANY}: median, ms`,
        'p95, ms',
        `${FEW}: median, ms`,
        'p95, ms',
        'ratio of medians',
      ],
      listingRows(many, few),
    ),
    `### The api: ${READERS} who follow the events of one account`,
    table(['one change, until they are told, ms', 'p50', 'p95', 'max'], eventRows(events)),
    describeProcess(events),
    ...plans,
  ].join('\n\n');
}

export const reportLoad = ({ loads, plans }: LoadFigures): string =>
  [loadTable(loads), ...plans].join('\n\n');

function loadTable(runs: LoadFigures['loads']): string {
  return [
    `### The api: many requests at once, ${PAGE_SIZE} of ${SOME} files a page`,
    table(
      ['', 'connections', 'requests/s', '× the bare route', 'p50, ms', 'p99, ms', 'p99 / p50', 'failed'],
      (runs[0] ?? []).map((first, at) =>
        loadRow(
          first,
          runs.flatMap((run) => run[at] ?? []),
        ),
      ),
    ),
  ].join('\n\n');
}

function loadRow({ name, connections, bare }: Load, each: readonly Load[]): string[] {
  const p50 = each.map(({ latenciesMs }) => percentile(latenciesMs, 50));
  const p99 = each.map(({ latenciesMs }) => percentile(latenciesMs, 99));
  const perSecond = each.map((load) => load.perSecond);
  const ratios = each.map((load) => load.perSecond / (load.bare?.perSecond ?? Number.NaN));
  return [
    name,
    String(connections),
    format(perSecond, 0),
    bare === null ? '' : format(ratios, 2),
    format(p50, 2),
    format(p99, 2),
    format(
      p99.map((ms, at) => ms / (p50[at] ?? Number.NaN)),
      1,
    ),
    String(each.reduce((sum, { failed }) => sum + failed, 0)),
  ];
}

function listingRows(many: readonly Listing[], few: readonly Listing[]): string[][] {
  return many.map(({ name, items, latenciesMs }, at) => {
    const other = few[at]?.latenciesMs ?? [];
    const cells = (values: readonly number[]) =>
      [50, 95].map((percent) => percentile(values, percent).toFixed(1));
    const ratio = percentile(latenciesMs, 50) / percentile(other, 50);
    return [name, String(items), ...cells(latenciesMs), ...cells(other), ratio.toFixed(2)];
  });
}

function eventRows({ latenciesMs, latenciesWithSilentMs, latenciesAfterMs }: EventFigures): string[][] {
  const row = (name: string, values: readonly number[]) => [
    name,
    ...[50, 95, 100].map((percent) => percentile(values, percent).toFixed(0)),
  ];
  return [
    row(`${READERS} that read`, latenciesMs),
    row(`beside ${SILENT} that do not`, latenciesWithSilentMs),
    row('when those have gone', latenciesAfterMs),
  ];
}

function describeProcess({
  bytesBefore,
  bytesAtRest,
  bytesWithSilent,
  cpuMsPerSecond,
}: EventFigures): string {
  const megabytes = (bytes: number) => (bytes / MB).toFixed(0);
  return (
    `The api has ${megabytes(bytesAtRest)} MB resident with them at rest (${megabytes(bytesBefore)} MB before, ` +
    `${megabytes(bytesWithSilent)} MB after all changes, with those that do not read), and uses ` +
    `${cpuMsPerSecond.toFixed(1)} ms of processor time a second.`
  );
}
