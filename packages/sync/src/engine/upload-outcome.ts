import { InstashareError, type RetryPolicy, type UploadOutcome } from '@instashare/client/node';
import type { KnownFile } from '../model/known-file.ts';
import { isUntouched, type LocalStat } from '../model/local-stat.ts';
import type { OpenFile, SyncEnvironment } from './environment.ts';
import type { WorkItem } from './work-item.ts';

/** What came of working on a file; everything else is thrown. */
export type ItemOutcome =
  | { readonly kind: 'stored'; readonly known: KnownFile; readonly upload: UploadOutcome }
  /** The content is what the server has; only the file's times or inode are new. */
  | { readonly kind: 'same'; readonly known: KnownFile }
  /** It is being written to; null when it can't be said how it is now. */
  | { readonly kind: 'restless'; readonly stat: LocalStat | null }
  /** It has come to rest, but some program still has it open for writing. */
  | { readonly kind: 'open' }
  | { readonly kind: 'vanished' };

export interface UploadContext {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'remote' | 'state'>;
  readonly item: WorkItem;
  readonly signal: AbortSignal;
  /** The server answered; what takes long says so before it is through. */
  readonly onAnswered: () => void;
  /** The server is asked to store this content next. */
  readonly onContent: (sha256: string) => void;
  /** Before the server is asked, something that takes long is done here. */
  readonly onPostponed: () => void;
}

/**
 * Short: a failure that lasts is the engine's to wait for, since it knows what else there is to do and tells
 * the person.
 */
export const UPLOAD_RETRY: RetryPolicy = { baseMs: 100, capMs: 2_000, stalledAfterMs: 5_000 };

const NS_PER_MS = 1_000_000n;

export const modifiedAtOf = (stat: LocalStat): Date => new Date(Number(stat.mtimeNs / NS_PER_MS));

/** Rejects with `source_changed` when the open file is not as it was. */
export async function requireUntouched(file: OpenFile, before: LocalStat): Promise<void> {
  const after = await file.stat();
  if (after !== null && isUntouched(before, after)) return;
  throw new InstashareError('source_changed', 'the file changed while it was read');
}

export interface Recorded {
  readonly stat: LocalStat;
  readonly recordedAtMs: number;
}

/** What to know of a file once the server has acknowledged it. */
export function knownAfterUpload(item: WorkItem, recorded: Recorded, upload: UploadOutcome): KnownFile {
  const { stat, recordedAtMs } = recorded;
  return {
    ...identityOf(stat),
    birthNs: stat.birthNs,
    path: item.path,
    localPath: item.localPath,
    sha256: upload.sha256,
    fileId: upload.file.id,
    version: upload.file.version,
    recordedAtMs,
  };
}

/** A known file whose content is the same under a new stat. */
export function knownAgain(known: KnownFile, item: WorkItem, { stat, recordedAtMs }: Recorded): KnownFile {
  const { birthNs } = stat;
  return { ...known, ...identityOf(stat), birthNs, localPath: item.localPath, recordedAtMs };
}

export function identityOf({ ino, sizeBytes, mtimeNs, ctimeNs }: LocalStat) {
  return { ino, sizeBytes, mtimeNs, ctimeNs };
}
