import type { SyncEnvironment } from '../../engine/environment.ts';
import type { FileProblem } from '../../engine/sync-event.ts';

/** The files of this folder that the server took, and found not to be sound when it verified them. */
export async function findDamaged({
  remote,
  state,
}: Pick<SyncEnvironment, 'remote' | 'state'>): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  for (const { path, sha256 } of await remote.findFailed()) {
    const known = state.known(path);
    // Another folder's, or another device's; or of content that is not the file's any more.
    if (known?.sha256 !== sha256) continue;
    const message = 'the server could not verify what it stored: the next run sends it again';
    problems.push({ localPath: known.localPath, code: 'content_failed', message });
  }
  return problems;
}
