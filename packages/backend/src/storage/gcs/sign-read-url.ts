import type { Bucket } from '@google-cloud/storage';
import { StorageError } from '../../errors/index.ts';
import { ownerOf } from '../object-key.ts';
import type { ObjectStore } from '../object-store.ts';

type SignReadUrl = ObjectStore['signedReadUrl'];

/** By the account's key where there is a key file, and else by asking Google, or what stands for it at `address`, to sign. */
export function createSignReadUrl(bucket: Bucket, address: string | null): SignReadUrl {
  const endpoint = address === null ? {} : { signingEndpoint: `${address}/v1/projects/-/serviceAccounts/` };
  return async (key, { expiresAt }) => {
    ownerOf(key);
    try {
      const [url] = await bucket.file(key).getSignedUrl({
        ...endpoint,
        version: 'v4',
        action: 'read',
        expires: expiresAt,
        // A browser must never show in Google's name what somebody uploaded.
        responseDisposition: 'attachment',
        responseType: 'application/octet-stream',
      });
      return url;
    } catch (error) {
      throw new StorageError('storage_failed', 'The credentials can not sign an address', { cause: error });
    }
  };
}

const HELP =
  'Set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account, or give the account of the machine the ' +
  'role "Service Account Token Creator" on itself, and enable the "IAM Service Account Credentials API".';

/** Signs an address of nothing: whether the credentials can is told by nothing else. */
export async function requireSigning(signReadUrl: SignReadUrl): Promise<void> {
  try {
    await signReadUrl('nobody/nothing', { expiresAt: new Date(Date.now() + 60_000) });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : error;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError('storage_failed', `The credentials can not sign addresses: ${detail}. ${HELP}`, {
      cause,
    });
  }
}
