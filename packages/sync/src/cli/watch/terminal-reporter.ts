import type { Usage } from '@instashare/contracts';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { SyncStatus } from '../../engine/sync-event.ts';
import { createSpeedometer } from '../../model/speed.ts';
import { formatBytes, formatProgress, formatSaved, printable } from '../format.ts';
import { describeEvent, describeServer, describeUsage, labelled } from './describe-event.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

const REDRAW_EVERY_MS = 100;
const BAR_FORMAT = '{what} {bar} {percentage}%  {detail}';

/** A bar for what goes up and one for what the server compresses, below the lines that stay. */
export function createTerminalReporter(stream: NodeJS.WritableStream, options: ReporterOptions): Reporter {
  const bars = createBars(stream);
  const speedometer = createSpeedometer();
  let usage: Usage | null = null;

  function draw(): void {
    const status = options.status();
    const speed = speedometer.sample(status.sentBytes, performance.now());
    if (status.totalFiles === 0) bars.hide('upload');
    else bars.show('upload', uploadBar(status, speed));
    if (usage === null || usage.byStatus.stored.files === 0) bars.hide('compress');
    else bars.show('compress', compressBar(usage));
  }

  const timer = setInterval(draw, REDRAW_EVERY_MS);
  return {
    onEvent(event, { label }) {
      const line = describeEvent(event, options);
      if (line !== null) bars.print(labelled(line, label));
    },
    onUsage(latest) {
      const wasBusy = usage !== null && usage.byStatus.stored.files > 0;
      usage = latest;
      if (wasBusy && latest.byStatus.stored.files === 0) bars.print(describeUsage(latest));
    },
    onServer: (failure) => bars.print(describeServer(failure)),
    [Symbol.dispose]() {
      clearInterval(timer);
      bars[Symbol.dispose]();
    },
  };
}

interface BarState {
  readonly total: number;
  readonly value: number;
  readonly what: string;
  readonly detail: string;
}

function uploadBar(status: SyncStatus, bytesPerSecond: number): BarState {
  const { totalFiles, totalBytes, doneFiles, doneBytes, active, waitingFor } = status;
  const [large] = active.filter((upload) => upload.sentBytes > 0);
  const name = large === undefined ? '' : `  ${shortened(printable(large.path))}`;
  const bytes = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
  const pace = waitingFor === null ? `${formatBytes(bytesPerSecond)}/s` : 'waiting';
  return {
    total: totalBytes + totalFiles,
    value: doneBytes + doneFiles,
    what: 'Uploading  ',
    detail: `${formatProgress(doneFiles, totalFiles, 'file')}  ${bytes}  ${pace}${name}`,
  };
}

function compressBar({ byStatus, compressing, files, sizeBytes, storedBytes }: Usage): BarState {
  const [current] = compressing;
  const doneBytes = current?.doneBytes ?? null;
  const share =
    current === undefined || doneBytes === null
      ? ''
      : ` ${Math.floor((100 * doneBytes) / current.sizeBytes)} %`;
  const name = current === undefined ? '' : `  ${shortened(printable(current.path))}${share}`;
  return {
    total: files,
    value: files - byStatus.stored.files,
    what: 'Compressing',
    detail: `${formatProgress(files - byStatus.stored.files, files, 'file')}  ${formatSaved(sizeBytes, storedBytes)} saved${name}`,
  };
}

const NAME_WIDTH = 32;

function shortened(name: string): string {
  return name.length <= NAME_WIDTH ? name : `…${name.slice(1 - NAME_WIDTH)}`;
}

function createMultiBar(stream: NodeJS.WritableStream): MultiBar {
  return new MultiBar(
    {
      stream,
      format: BAR_FORMAT,
      barsize: 20,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      emptyOnZero: true,
      linewrap: false,
      autopadding: true,
    },
    Presets.shades_classic,
  );
}

function createBars(stream: NodeJS.WritableStream) {
  // Only while there is a bar: it hides the cursor and cuts long lines off.
  let multibar: MultiBar | null = null;
  const shown = new Map<string, SingleBar>();
  const close = () => {
    // What was printed since it was drawn last would be lost.
    multibar?.update();
    multibar?.stop();
    multibar = null;
    shown.clear();
  };
  return {
    print(line: string): void {
      if (multibar === null) stream.write(`${line}\n`);
      else multibar.log(`${line}\n`);
    },
    show(id: string, { total, value, ...payload }: BarState): void {
      multibar ??= createMultiBar(stream);
      const bar = shown.get(id) ?? multibar.create(total, value, payload);
      shown.set(id, bar);
      bar.setTotal(total);
      bar.update(value, payload);
    },
    hide(id: string): void {
      const bar = shown.get(id);
      if (bar === undefined) return;
      shown.delete(id);
      if (shown.size === 0) close();
      else multibar?.remove(bar);
    },
    [Symbol.dispose]: close,
  };
}
