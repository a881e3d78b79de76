import type { SyncEnvironment } from '../../engine/environment.ts';
import type { FileProblem } from '../../engine/sync-event.ts';

/** The files of this folder, `prefix` on the server, that it took and found not to be sound when it verified them. */
export async function findDamaged(
  { remote, state }: Pick<SyncEnvironment, 'remote' | 'state'>,
  prefix: string,
  signal: AbortSignal,
): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  for await (const { path, sha256 } of remote.findFailed(prefix, signal)) {
    const known = state.known(path);
    // Another device's; or of content that is not the file's any more.
    if (known?.sha256 !== sha256) continue;
    const message = 'the server could not verify what it stored: the next run sends it again';
    problems.push({ localPath: known.localPath, code: 'content_failed', message });
  }
  return problems;
}
