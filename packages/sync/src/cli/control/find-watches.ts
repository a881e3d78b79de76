import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../format.ts';
import { stateFolderOf } from '../watch/open-folder.ts';
import { askControl } from './ask-control.ts';
import { type ControlRequest, type StatusReply, statusReplySchema } from './protocol.ts';
import { readWatches, type WatchRecord } from './watch-records.ts';

/** Asks the watch of a folder, or every one that runs, the same; rejects when none runs. */
export async function askWatches(
  context: CommandContext,
  folder: string | undefined,
  request: Exclude<ControlRequest, { command: 'why' }>,
): Promise<StatusReply[]> {
  const { configFolder, signal } = context;
  const path = folder === undefined ? undefined : await realPathOf(folder);
  const replies: StatusReply[] = [];
  for (const record of await readWatches(stateFolderOf(configFolder))) {
    if (path !== undefined && record.folder !== path) continue;
    const reply = await askControl(record.address, request, { schema: statusReplySchema, signal });
    if (reply !== null) replies.push(reply);
  }
  if (replies.length > 0) return replies;
  throw notRunning(folder === undefined ? '' : ` of ${printable(folder)}`);
}

export const notRunning = (ofWhat: string) =>
  new CliError(`No watch${ofWhat} is running: start one by "instashare watch FOLDER"`, {
    code: 'not_running',
  });

/** A place in a folder that is, or was, watched. */
export interface WatchedPlace {
  readonly record: WatchRecord;
  /** Below the folder, `/`-separated; '' is the folder itself. */
  readonly localPath: string;
}

/**
 * The watches in whose folder a path lies, the innermost first. A link at the path's end is looked at, not followed,
 * unless what it leads to is watched and the link itself is not.
 */
export async function findWatchesOf({ configFolder }: CommandContext, path: string): Promise<WatchedPlace[]> {
  const records = await readWatches(stateFolderOf(configFolder));
  const whole = resolve(path);
  const unfollowed = join(await realPathOf(dirname(whole)), basename(whole));
  const places = placesOf(unfollowed, records);
  return places.length > 0 ? places : placesOf(await realPathOf(whole), records);
}

function placesOf(path: string, records: readonly WatchRecord[]): WatchedPlace[] {
  return records
    .filter(({ folder }) => `${path}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`))
    .toSorted((one, other) => other.folder.length - one.folder.length)
    .map((record) => ({ record, localPath: relative(record.folder, path).split(sep).join('/') }));
}

/** As it is given when nothing is there. */
const realPathOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
