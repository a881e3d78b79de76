import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errors } from '../../errors/index.ts';
import { type AppendTarget, appendBody } from './append-body.ts';

/** Appends what comes and gives its length. When it must not stand, the file is as it was before. */
export async function writePart(body: Readable, target: AppendTarget): Promise<number> {
  const { handle, position, maxBytes } = target;
  const outcome = await appendBody(body, target).catch(async (error: unknown) => {
    // Frees what was taken of a full disk. A failure to do so adds nothing to the one at hand.
    await handle.truncate(position).catch(() => {});
    throw error;
  });
  if (outcome.ended === 'unsynced') {
    await empty(handle);
    throw outcome.cause;
  }
  if (outcome.ended !== 'overrun') return outcome.bytes;
  await handle.truncate(position);
  throw errors.sizeMismatch(position + maxBytes, 'more were sent');
}

/**
 * The system tells only once of a write that did not get to the disk, and a sync that is tried again reports success.
 * So nothing of a part is trusted any more after a failed one: its client is told that nothing was kept.
 */
export async function syncPart(handle: FileHandle): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    await empty(handle);
    throw error;
  }
}

/** Not when it has the object's name as well: then all of it was synced before. */
async function empty(handle: FileHandle): Promise<void> {
  if ((await handle.stat()).nlink === 1) await handle.truncate(0);
}
