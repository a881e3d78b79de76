import { existsSync } from 'node:fs';
import { copyFile, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeFileSystem } from '../../adapters/node-file-system.ts';
import { type OpenedState, openSqliteState } from '../../adapters/sqlite-state.ts';
import { createSystemClock } from '../../adapters/system-clock.ts';
import { type ScannedFile, scanFolder } from '../../engine/scan-folder.ts';
import { createSelection, type SelectionOptions } from '../../engine/selection.ts';
import type { Skipped } from '../../engine/sync-event.ts';
import { placeOf } from '../../model/local-path.ts';
import { isSameStat } from '../../model/local-stat.ts';
import type { CommandContext } from '../context.ts';
import { formatBytes, formatCount, formatNumber, printable } from '../format.ts';
import { describeSkip } from './describe-skip.ts';
import type { WatchTarget } from './find-targets.ts';
import { exclusionsFor, statePathOf } from './open-folder.ts';
import { ownFolders } from './own-folders.ts';

export interface DryRunOptions {
  readonly server: string;
  readonly userId: string;
  readonly target: WatchTarget;
  readonly selection: SelectionOptions;
}

/** Says what of a folder would be uploaded, and what not and why. Asks the server nothing, and notes nothing down. */
export async function dryRun(context: CommandContext, options: DryRunOptions): Promise<void> {
  const { configFolder, output, signal } = context;
  const { target, server, userId } = options;
  const { folder, prefix } = target;
  const path = statePathOf({ configFolder, server, userId, folder, prefix });
  await using copy = existsSync(path) ? await copyOfState(path) : null;
  const state = copy?.state ?? null;
  const found = { files: 0, sizeBytes: 0, stored: 0, skipped: 0, refused: 0 };
  const visitor = {
    onFile(file: ScannedFile) {
      const what = whatOf(state, file);
      if (what === 'stored') {
        found.stored += 1;
        return;
      }
      const { sizeBytes } = file.stat;
      found.files += 1;
      found.sizeBytes += sizeBytes;
      const { localPath, path: to } = file;
      const line = `${what.padEnd(7)}  ${formatBytes(sizeBytes).padStart(8)}  ${printable(localPath)}`;
      output.result({ event: 'would_upload', folder, localPath, path: to, what, sizeBytes }, line);
    },
    onSkipped(localPath: string, skipped: Skipped) {
      found.skipped += 1;
      const { why, rule } = skipped;
      const line = `skipped            ${printable(localPath)}: ${describeSkip(skipped)}`;
      output.result({ event: 'would_skip', folder, localPath, why, rule }, line);
    },
    onProblem({ localPath, code, message }: { localPath: string; code: string; message: string }) {
      found.refused += 1;
      const line = `refused            ${printable(localPath)}: ${message}`;
      output.result({ event: 'would_refuse', folder, localPath, code, message }, line);
    },
  };
  const files = createNodeFileSystem(folder);
  const isExcluded = exclusionsFor(folder, await ownFolders(context));
  const clock = createSystemClock();
  const selection = createSelection({ ...options.selection, files, clock, isExcluded, onChange: () => {} });
  await scanFolder(files, visitor, {
    folder: placeOf('', prefix),
    isRecursive: true,
    selection,
    signal,
    waitForRoom: () => Promise.resolve(),
  });
  output.result({ event: 'dry_run', folder, to: prefix, ...found }, summaryOf(folder, found));
}

/** Opening a state may bring it up to date or move it aside, which is not for one who only looks: a watch may run on it. */
async function copyOfState(path: string) {
  await using made = new AsyncDisposableStack();
  const folder = made.use(await mkdtempDisposable(join(tmpdir(), 'instashare-dry-run-')));
  const copied = join(folder.path, 'state');
  for (const suffix of ['', '-wal']) {
    if (existsSync(`${path}${suffix}`)) await copyFile(`${path}${suffix}`, `${copied}${suffix}`);
  }
  const state = made.use(openSqliteState(copied));
  const resources = made.move();
  return { state, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** A file that was only looked at too soon after it was written counts as stored: nothing of it would be sent. */
function whatOf(state: OpenedState | null, { path, stat }: ScannedFile): 'new' | 'changed' | 'stored' {
  const known = state?.known(path);
  if (known === undefined) return 'new';
  return isSameStat(stat, known) ? 'stored' : 'changed';
}

type Found = Readonly<Record<'files' | 'refused' | 'sizeBytes' | 'skipped' | 'stored', number>>;

function summaryOf(folder: string, { files, sizeBytes, stored, skipped, refused }: Found): string {
  const others = [
    `${formatNumber(stored)} stored already`,
    ...(skipped === 0 ? [] : [`${formatNumber(skipped)} skipped`]),
    ...(refused === 0 ? [] : [`${formatNumber(refused)} that can't be`]),
  ];
  const would = `${formatCount(files, 'file')}, ${formatBytes(sizeBytes)} would be uploaded`;
  return `${printable(folder)}: ${would}; ${others.join(', ')}`;
}
