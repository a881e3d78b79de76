import type { SyncEnvironment } from './environment.ts';
import type { WorkList } from './work-list.ts';

/**
 * Ends the uploads that an earlier run began and nobody will go on with, since their files are gone or
 * finished: until then they take room from the account.
 */
export async function endForgottenUploads(
  { remote, state }: Pick<SyncEnvironment, 'remote' | 'state'>,
  list: WorkList,
): Promise<void> {
  for (const { path, uploadId } of state.openUploads()) {
    if (list.has(path)) continue;
    try {
      await remote.cancelUpload(uploadId);
      state.removeOpenUpload(path);
    } catch {
      // Not reachable: the next start tries again, and in the end the session expires by itself.
    }
  }
}
