import type { InstashareClient } from '@instashare/client/node';
import { listFiles } from '../../adapters/list-files.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { tellFailure } from '../each-path.ts';
import { formatBytes, formatCount, printable } from '../format.ts';
import { createStatusLine, type StatusLine } from '../progress/status-line.ts';
import { downloadFile, type FileToGet } from './download-file.ts';
import { inParallel } from './in-parallel.ts';
import { localPathIn } from './local-name.ts';
import { setApartTwins } from './set-apart-twins.ts';
import { createGetCounter, type GetTotals } from './tally.ts';

export interface FolderToGet {
  /** On the server, without a "/" at its end; '' is everything. */
  readonly path: string;
  /** The folder here that becomes what that one is. */
  readonly to: string;
  readonly isForced: boolean;
  readonly parallel: number;
}

interface Getting extends FolderToGet {
  readonly context: CommandContext;
  readonly client: InstashareClient;
  readonly counter: ReturnType<typeof createGetCounter>;
  readonly line: StatusLine;
}

/** A file as it is listed; where it goes is found when it is its turn. */
type Listed = Pick<FileToGet, 'content' | 'path'>;

/** Downloads all that is in a folder, several files at once. Rejects at the end when some are not here. */
export async function getFolder(
  context: CommandContext,
  client: InstashareClient,
  folder: FolderToGet,
): Promise<void> {
  const { output, signal, stderr } = context;
  const totals = stderr.isTTY && !output.isJson ? await count(client, folder, signal) : null;
  const counter = createGetCounter(totals);
  using line = createStatusLine(context, counter.line);
  const getting: Getting = { ...folder, context, client, counter, line };
  const twins: Listed[] = [];
  const run = (hasTwin: boolean) => (file: Listed, inner: AbortSignal) =>
    getListed(getting, { ...file, hasTwin }, inner);
  const { parallel } = folder;
  await inParallel(setApartTwins(list(getting), twins), { limit: parallel, signal }, run(false));
  await inParallel(toAsync(twins), { limit: 1, signal }, run(true));
  line[Symbol.dispose]();
  conclude(getting);
}

async function* list({ client, context, path }: Getting): AsyncGenerator<Listed> {
  for await (const file of listFiles(client, { prefix: prefixOf(path), signal: context.signal })) {
    yield { path: file.path, content: file };
  }
}

const prefixOf = (path: string): string | undefined => (path === '' ? undefined : `${path}/`);

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** For a person who waits and wants to know how long still. */
async function count(
  client: InstashareClient,
  { path }: FolderToGet,
  signal: AbortSignal,
): Promise<GetTotals> {
  const totals = { files: 0, sizeBytes: 0 };
  for await (const file of listFiles(client, { prefix: prefixOf(path), signal })) {
    totals.files += 1;
    totals.sizeBytes += file.sizeBytes;
  }
  return totals;
}

/** Downloads one of them; one that can't be is told, and the rest goes on. */
async function getListed(
  getting: Getting,
  file: Listed & Pick<FileToGet, 'hasTwin'>,
  signal: AbortSignal,
): Promise<void> {
  const { client, context, counter, isForced, line } = getting;
  const { path, content } = file;
  const { tally } = counter;
  let hereBytes = 0;
  const onProgress = (bytes: number) => {
    counter.arrived(bytes - hereBytes);
    hereBytes = bytes;
    line.update();
  };
  try {
    const below = path.slice(getting.path === '' ? 0 : getting.path.length + 1);
    const to = localPathIn(getting.to, below, process.platform);
    const wanted = { ...file, to, makesFolder: true };
    const { wasHere, resumedBytes } = await downloadFile(client, wanted, { isForced, onProgress, signal });
    const { sizeBytes, sha256, version } = content;
    context.output.result(
      { event: 'downloaded', path, to, sizeBytes, sha256, version, wasHere, resumedBytes },
      null,
    );
    if (wasHere) tally.wereHere += 1;
    else tally.files += 1;
    if (!wasHere) tally.sizeBytes += sizeBytes;
    tally.resumedBytes += resumedBytes;
  } catch (error) {
    if (signal.aborted) throw error;
    line.around(() => tellFailure(context, { path, error }));
    tally.failed += 1;
  }
  line.update();
}

function conclude({ context, counter: { tally }, path, to }: Getting): void {
  const { files, sizeBytes, wereHere, resumedBytes, failed } = tally;
  const what = path === '' ? 'everything' : `${path}/`;
  const resumed = resumedBytes === 0 ? '' : `, ${formatBytes(resumedBytes)} of them from before`;
  const here = wereHere === 0 ? '' : `; ${formatCount(wereHere, 'file')} here already`;
  context.output.result(
    { event: 'folder_downloaded', path, to, ...tally },
    `${printable(what)} → ${printable(to)} ` +
      `(${formatCount(files, 'file')}, ${formatBytes(sizeBytes)}${resumed}, verified${here})`,
  );
  if (failed === 0) return;
  const message = `${printable(what)}: ${formatCount(failed, 'file')} could not be downloaded; the same command tries again`;
  throw new CliError(message, { code: 'incomplete' });
}
