import { findRunningServer } from '@instashare/backend/database/embedded';
import type { Instance } from '../acceptance/harness/instance.ts';

/** The address of the database that an instance brought with it. */
export async function databaseOf({ dataDir }: Instance): Promise<string> {
  const url = await findRunningServer(dataDir);
  if (url === null) throw new Error('the database of the server does not run');
  return url;
}
