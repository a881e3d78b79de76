import type { Usage } from '@instashare/contracts';
import type { SyncEvent } from '../../engine/sync-event.ts';
import { createSpeedometer } from '../../model/speed.ts';
import { formatBytes, formatProgress, printable } from '../format.ts';
import { describeEvent, describeServer, describeUsage, labelled } from './describe-event.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

const PROGRESS_EVERY_MS = 5_000;
/** Up to so many files of one burst are named; more are counted. */
const NAMED_FILES = 10;

/** Lines for a log: few, each worth reading. */
export function createLineReporter(print: (line: string) => void, options: ReporterOptions): Reporter {
  const speedometer = createSpeedometer();
  let named = 0;
  let lastUsage = '';
  const timer = setInterval(() => {
    const status = options.status();
    const speed = speedometer.sample(status.sentBytes, performance.now());
    if (status.phase !== 'uploading' && status.phase !== 'scanning') return;
    if (status.doneFiles === status.totalFiles) return;
    const files = formatProgress(status.doneFiles, status.totalFiles, 'file');
    const bytes = `${formatBytes(status.doneBytes)} of ${formatBytes(status.totalBytes)}`;
    print(`Uploading: ${files}, ${bytes}, ${formatBytes(speed)}/s`);
  }, PROGRESS_EVERY_MS);

  function name(line: string | null): void {
    if (line === null || options.status().totalFiles > NAMED_FILES || named >= NAMED_FILES) return;
    named += 1;
    print(line);
  }

  return {
    onEvent(event, { label }) {
      name(describeFile(event));
      if (event.type === 'up_to_date') named = 0;
      const line = describeEvent(event, options);
      if (line !== null) print(labelled(line, label));
    },
    onUsage(usage: Usage) {
      // One line when it is done; the way there is for a terminal.
      const line = describeUsage(usage);
      if (usage.byStatus.stored.files === 0 && line !== lastUsage) print(line);
      if (usage.byStatus.stored.files === 0) lastUsage = line;
    },
    onServer: (failure) => print(describeServer(failure)),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** What became of one file; null for what is about something else. */
function describeFile(event: SyncEvent): string | null {
  switch (event.type) {
    case 'stored':
      return `Stored ${printable(event.path)} (${formatBytes(event.sizeBytes)})`;
    case 'moved':
      return `Moved ${printable(event.from)} to ${printable(event.path)}`;
    case 'deleted':
      return `Deleted ${printable(event.path)}: it is in the trash`;
    case 'kept':
      return `Kept ${printable(event.path)}, which is gone from the folder: another device has changed it`;
    default:
      return null;
  }
}
