import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { joinPath } from '@instashare/contracts/rules';
import { exclusionsFor } from '@instashare/sync';
import { AppFailure } from '../shared/app-failure.ts';
import type { Account } from './account.ts';
import type { DropRecord } from './drop-journal.ts';
import { noteEnd } from './file-transfers.ts';
import type { TransferTask } from './running-transfer.ts';
import { transferFailure } from './transfer-failure.ts';
import { endUpload, type UploadingClient, uploadDroppedFile } from './upload-dropped-file.ts';

/** What of an account is needed for what is dropped. */
export interface DropTarget extends Pick<Account, 'drops' | 'transfers' | 'activity' | 'ownFolders'> {
  readonly client: UploadingClient;
}

/**
 * Uploads files, and folders with all that is in them, to below `prefix`. Links are not followed; what is ours, such as
 * the log-in, is left out, and what can't be read or may not be uploaded is kept as failed. Whatever was dropped is
 * written down first: it goes on after a crash. Resolves then, before it is looked through, which may take minutes.
 */
export async function uploadPaths(
  account: DropTarget,
  paths: readonly string[],
  prefix: string,
): Promise<void> {
  const { drops } = account;
  const dropped = paths.map((localPath) =>
    drops.add({ kind: 'drop', localPath, path: joinPath(prefix, basename(localPath)), sizeBytes: 0 }),
  );
  await drops.flush();
  void lookThroughAll(account, dropped, NOTHING_KNOWN);
}

/** Takes up what was not through when the app ended, however it did. */
export async function resumeDrops(account: DropTarget): Promise<void> {
  const { drops, transfers } = account;
  const isTakenUp = ({ kind, failure }: DropRecord) => kind === 'file' || failure !== null;
  const known = new Set(drops.left.filter(isTakenUp).map(keyOf));
  for (const record of drops.left) {
    if (record.failure !== null)
      transfers.addFailed(taskFor(account, record), new AppFailure(record.failure));
    else if (record.kind === 'file') transfers.add(taskFor(account, record));
  }
  const isToLookThrough = ({ kind, failure }: DropRecord) => kind === 'drop' && failure === null;
  await lookThroughAll(account, drops.left.filter(isToLookThrough), known);
}

const NOTHING_KNOWN: ReadonlySet<string> = new Set();

type Place = Pick<DropRecord, 'localPath' | 'path'>;

const keyOf = ({ localPath, path }: Place): string => `${localPath}\0${path}`;

async function lookThroughAll(
  account: DropTarget,
  records: readonly DropRecord[],
  known: ReadonlySet<string>,
): Promise<void> {
  for (const record of records) await lookThrough(account, record, known);
}

/** `known`: what of it has been taken up already. */
async function lookThrough(
  account: DropTarget,
  record: DropRecord,
  known: ReadonlySet<string>,
): Promise<void> {
  const { drops } = account;
  try {
    await addFiles(account, record, known);
    await drops.flush();
    drops.remove(record.id);
  } catch (error) {
    keepFailed(account, record, error);
  }
}

/** A person sees it, also after a restart, until they try it again or dismiss it. */
function keepFailed(account: DropTarget, record: DropRecord, error: unknown): void {
  const task = taskFor(account, record);
  task.onEnd(error);
  account.transfers.addFailed(task, error);
}

/** Rejects when what was dropped is not there. */
async function addFiles(account: DropTarget, dropped: DropRecord, known: ReadonlySet<string>): Promise<void> {
  const { drops, transfers, ownFolders } = account;
  const root = await realpath(dropped.localPath);
  const isExcluded = exclusionsFor(root, await ownFolders());
  function onUnreadable(unread: Place, error: unknown): void {
    // Looked through anew when it is tried again, whatever it is.
    if (!known.has(keyOf(unread)))
      keepFailed(account, drops.add({ kind: 'drop', ...unread, sizeBytes: 0 }), error);
  }
  for await (const found of filesBelow({ root, name: dropped.path, isExcluded, onUnreadable }, '')) {
    if (!known.has(keyOf(found))) transfers.add(taskFor(account, drops.add({ kind: 'file', ...found })));
  }
}

/** It stays written down until it is through, or somebody wants no more of it. */
function taskFor(account: DropTarget, record: DropRecord): TransferTask {
  const { client, drops, activity } = account;
  const { id, kind, localPath, path, sizeBytes } = record;
  let { begun } = record;
  function onBegun(next: DropRecord['begun']): void {
    begun = next;
    drops.update({ ...record, begun, failure: null });
  }
  return {
    kind: 'upload',
    path,
    sizeBytes,
    async run(progress) {
      if (kind === 'file') await uploadDroppedFile(client, { localPath, path, begun, onBegun }, progress);
      else await addFiles(account, record, NOTHING_KNOWN);
    },
    onEnd(error) {
      if (error === null) drops.remove(id);
      else drops.update({ ...record, begun, failure: transferFailure(error) });
      if (error !== null || kind === 'file') noteEnd(activity, 'uploaded', { path, error });
    },
    onForgotten() {
      drops.remove(id);
      if (begun !== null) void endUpload(client, begun);
    },
  };
}

interface LocalFile {
  readonly localPath: string;
  readonly path: string;
  readonly sizeBytes: number;
}

interface Walk {
  /** What was dropped, and what it is called on the server. */
  readonly root: string;
  readonly name: string;
  readonly isExcluded: (localPath: string) => boolean;
  readonly onUnreadable: (unread: Place, error: unknown) => void;
}

/** `below`: where in what was dropped; '' is itself. */
async function* filesBelow(walk: Walk, below: string): AsyncGenerator<LocalFile> {
  const localPath = join(walk.root, below);
  const path = (below === '' ? walk.name : joinPath(walk.name, below)).normalize('NFC');
  try {
    const found = await stat(localPath);
    if (found.isFile()) yield { localPath, path, sizeBytes: found.size };
    if (!found.isDirectory()) return;
    for (const entry of await readdir(localPath, { withFileTypes: true })) {
      const next = below === '' ? entry.name : `${below}/${entry.name}`;
      if ((entry.isFile() || entry.isDirectory()) && !walk.isExcluded(next)) yield* filesBelow(walk, next);
    }
  } catch (error) {
    walk.onUnreadable({ localPath, path }, error);
  }
}
