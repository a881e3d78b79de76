import type { BlobRow } from '@instashare/backend/database';
import { isStorageError } from '@instashare/backend/errors';
import type { JobContext } from '@instashare/backend/queue';
import type { ObjectStore } from '@instashare/backend/storage';
import type { Verdict } from '../compress/compress-blob.ts';
import { verifyInPlace } from '../compress/verify-in-place.ts';

/** Why there is no verdict on a blob. */
export interface Fault {
  readonly blob: BlobRow;
  readonly error: unknown;
}

type Used = Pick<JobContext, 'log' | 'signal'> & { readonly objects: Pick<ObjectStore, 'check' | 'read'> };

/**
 * The end of the last attempt. Blobs whose own object is missing or damaged get a verdict: where only what was
 * made of it is no good, the content stays as it is. Any other fault is the store's, the database's or ours:
 * those are given back, and their blobs stay as they are until the sweep asks for them again.
 */
export async function giveUp(
  used: Used,
  { faults, verdicts }: { readonly faults: readonly Fault[]; readonly verdicts: Map<string, Verdict> },
): Promise<readonly Fault[]> {
  const left: Fault[] = [];
  for (const fault of faults) {
    const verdict = await verdictOf(used, fault);
    if (verdict === null) left.push(fault);
    else verdicts.set(fault.blob.id, verdict);
  }
  return left;
}

async function verdictOf({ objects, log, signal }: Used, { blob, error }: Fault): Promise<Verdict | null> {
  if (!isOfTheObject(error)) return null;
  try {
    const verdict = await verifyInPlace(blob, { objects, signal });
    if (verdict.kind === 'ready') {
      log.error(
        { blobId: blob.id, err: error },
        'what was compressed is no good: the content stays as it is',
      );
    }
    return verdict;
  } catch (failure) {
    if (signal.aborted || !isOfTheObject(failure)) return null;
    // Of a disk that answers nothing else either no object is at fault.
    if (isUnread(failure) && !(await isWell(objects))) return null;
    return { kind: 'failed', reason: `Could not be processed: ${failure.message}` };
  }
}

const isWell = (objects: Pick<ObjectStore, 'check'>): Promise<boolean> =>
  objects.check().then(
    () => true,
    () => false,
  );

function isOfTheObject(error: unknown): error is Error {
  return (
    isStorageError(error, 'object_missing') || isStorageError(error, 'object_damaged') || isUnread(error)
  );
}

/** The disk has the file, and can't read its bytes. */
function isUnread(error: unknown): error is Error {
  const thrown = isStorageError(error) ? error.cause : error;
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EIO';
}
