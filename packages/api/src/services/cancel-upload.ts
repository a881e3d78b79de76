import { errors } from '@instashare/backend/errors';
import type { UploadIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

/** Ends an upload session. Its bytes go with the sweep. Fine when it has ended already. */
export async function cancelUpload(
  { database, now }: Pick<Dependencies, 'database' | 'now'>,
  userId: string,
  input: UploadIdInput,
): Promise<void> {
  await database.transaction(async (repositories) => {
    const upload = await repositories.uploads.lock(userId, input.id);
    if (upload === null) throw errors.uploadNotFound();
    if (upload.state === 'completed') throw errors.uploadFinished('completed');
    await repositories.uploads.end(upload.id, now());
  });
}
