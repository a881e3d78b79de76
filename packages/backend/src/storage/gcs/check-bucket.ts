import type { Bucket } from '@google-cloud/storage';
import { StorageError } from '../../errors/index.ts';
import { statusOf } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';

/** What the api and the worker do with objects. */
const NEEDED = [
  'storage.objects.create',
  'storage.objects.delete',
  'storage.objects.get',
  'storage.objects.list',
];

/**
 * `ObjectStore.check`. Asks what we may do, which costs nothing and changes nothing, and tries once: it is asked
 * often, and says how things are now.
 */
export async function checkBucket({ bucket }: Pick<GcsContext, 'bucket'>): Promise<void> {
  const missing = await missingRights(bucket).catch((error: unknown) => {
    throw new StorageError('storage_failed', reasonFor(error, bucket.name), { cause: error });
  });
  if (missing.length === 0) return;
  throw new StorageError(
    'storage_failed',
    `Rights are missing on the bucket "${bucket.name}": ${missing.join(', ')}. ` +
      'Give the service account the role "Storage Object User" on it.',
  );
}

async function missingRights(bucket: Bucket): Promise<string[]> {
  try {
    const [granted] = await bucket.iam.testPermissions(NEEDED);
    return NEEDED.filter((right) => granted[right] !== true);
  } catch (error) {
    if (![404, 405, 501].includes(statusOf(error) ?? 0)) throw error;
    // There is no such bucket, or, in an emulator, no such question.
    await bucket.getFiles({ maxResults: 1, autoPaginate: false });
    return [];
  }
}

function reasonFor(error: unknown, bucket: string): string {
  switch (statusOf(error)) {
    case 404:
      return `There is no bucket "${bucket}": create it, or set GCS_BUCKET to one that exists.`;
    case 401:
      return `Google Cloud Storage does not accept the credentials: see GOOGLE_APPLICATION_CREDENTIALS.`;
    case 403:
      return (
        `No access to the bucket "${bucket}". Give the service account the role "Storage Object User" on it; ` +
        'credentials come from GOOGLE_APPLICATION_CREDENTIALS or from the machine.'
      );
    default: {
      const detail = error instanceof Error ? error.message : String(error);
      return `The bucket "${bucket}" can not be reached: ${detail}`;
    }
  }
}
