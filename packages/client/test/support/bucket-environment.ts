import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GcsServer } from '@instashare/backend/testing';
import type { TestFolder } from './test-folder.ts';

/** What an api and a worker are told so that objects lie in this bucket; its key file goes into `folder`. */
export async function bucketEnvironment(google: GcsServer, folder: TestFolder) {
  const keyFile = join(folder.path, 'service-account.json');
  await writeFile(keyFile, google.keyFile);
  return {
    GOOGLE_APPLICATION_CREDENTIALS: keyFile,
    GCS_BUCKET: google.bucket,
    STORAGE_EMULATOR_HOST: google.url,
  };
}
