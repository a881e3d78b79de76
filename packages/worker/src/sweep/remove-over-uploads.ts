import type { Database, UploadRow } from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';

const LIMIT = 500;

/**
 * Removes uploads that are over: expired ones with their bytes and what they had reserved, cancelled and
 * refused ones, and completed ones that nobody will ask about any more. Returns how many.
 */
export async function removeOverUploads(deps: {
  readonly database: Database;
  readonly objects: Pick<ObjectStore, 'cancelUploadSession'>;
  readonly now: () => Date;
}): Promise<number> {
  const now = deps.now();
  const over = await deps.database.repositories.uploads.findOver(now, LIMIT);
  const failures: unknown[] = [];
  for (const upload of over) {
    // One whose session can't be cancelled must not keep the others.
    await remove(upload, { ...deps, now }).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some uploads could not be removed');
  return over.length;
}

/** In this order a crash at any point leaves a row that the next sweep finds. */
async function remove(
  upload: UploadRow,
  {
    database,
    objects,
    now,
  }: { database: Database; objects: Pick<ObjectStore, 'cancelUploadSession'>; now: Date },
): Promise<void> {
  const { uploads } = database.repositories;
  const ended = upload.state === 'pending' ? await uploads.expire(upload.id, now) : upload.state === 'ended';
  if (ended && upload.session !== null) await objects.cancelUploadSession(upload.objectKey, upload.session);
  // One that was completed or went on between the two statements stays until it is found as such.
  if (ended || upload.state === 'completed') await uploads.remove(upload.id);
}
