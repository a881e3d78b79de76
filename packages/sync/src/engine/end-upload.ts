import type { SyncEnvironment } from './environment.ts';

/** Ends the upload that was begun at a path, if any: nobody will go on with it, and it takes room. Does not wait. */
export function endUpload(env: Pick<SyncEnvironment, 'remote' | 'state'>, path: string): void {
  const begun = env.state.openUpload(path);
  if (begun !== undefined) void cancel(env, begun);
}

async function cancel(
  { remote, state }: Pick<SyncEnvironment, 'remote' | 'state'>,
  { path, uploadId }: { readonly path: string; readonly uploadId: string },
): Promise<void> {
  try {
    await remote.cancelUpload(uploadId);
    if (state.openUpload(path)?.uploadId === uploadId) state.removeOpenUpload(path);
  } catch {
    // Not reachable: the next start tries again, and in the end the session expires by itself.
  }
}
