import { ancestorsOf } from '../model/local-path.ts';
import type { SyncEnvironment } from './environment.ts';
import type { FoundGone, GoneFile } from './gone-file.ts';
import { inTurns } from './in-turns.ts';
import { isGone } from './is-gone.ts';
import type { Selection } from './selection.ts';

export interface FindGoneContext {
  readonly env: Pick<SyncEnvironment, 'files' | 'state'>;
  /** Folders on disks of their own, as local paths. */
  readonly mounts: readonly string[];
  /** Something else is being done about the file at a path: it is to be asked about later. */
  readonly isBusy: (path: string) => boolean;
  /** What is left alone is not ours to delete. */
  readonly selection: Pick<Selection, 'leavesAlone'>;
  readonly signal: AbortSignal;
}

const LOOKS_AT_ONCE = 16;

/** Looks for files once more, each at its own place. Those about which nothing can be said are in neither list. */
export async function findGone(
  context: FindGoneContext,
  files: readonly GoneFile[],
): Promise<{ readonly gone: readonly FoundGone[]; readonly busy: readonly GoneFile[] }> {
  const { env, isBusy, selection } = context;
  const gone = new Map<GoneFile, FoundGone>();
  const busy: GoneFile[] = [];
  const isUnmounted = createMountCheck(context);
  await inTurns(files, LOOKS_AT_ONCE, async (file) => {
    const known = env.state.known(file.path);
    if (known !== undefined && selection.leavesAlone(known)) return;
    if (isBusy(file.path)) return void busy.push(file);
    // What was being sent never came to the server.
    if (known === undefined) return;
    if (await isGone(env.files, known.localPath)) {
      if (file.isConfirmed || !(await isUnmounted(known.localPath))) gone.set(file, { file, known });
    }
  });
  return { gone: files.flatMap((file) => gone.get(file) ?? []), busy };
}

/** A disk that is not there (any more) leaves an empty folder, or none: only a scan can say what is gone from it. */
function createMountCheck({ env, mounts, signal }: FindGoneContext): (localPath: string) => Promise<boolean> {
  const emptiness = new Map<string, Promise<boolean>>();
  return async (localPath) => {
    const mount = ancestorsOf(localPath).find((folder) => mounts.includes(folder));
    if (mount === undefined) return false;
    const known = emptiness.get(mount) ?? isEmpty(env.files, mount, signal);
    emptiness.set(mount, known);
    return known;
  };
}

async function isEmpty(
  files: SyncEnvironment['files'],
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    for await (const batch of files.list(folder, signal)) if (batch.length > 0) return false;
    return true;
  } catch {
    return true;
  }
}
