import { describeFailure } from '../model/failure.ts';
import { isPlainName, nameOf, parentOf, placeOf } from '../model/local-path.ts';
import { isSameStat } from '../model/local-stat.ts';
import { isUnchanged } from '../model/plan.ts';
import type { SeenEntry, SyncEnvironment } from './environment.ts';
import type { Problems } from './problems.ts';
import { type ScannedFile, type ScanVisitor, scanFolder, visitEntry } from './scan-folder.ts';
import type { SyncEvent } from './sync-event.ts';
import type { WorkList } from './work-list.ts';

export interface DiscoveryOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'state'>;
  readonly list: WorkList;
  /** What the folder is on the server; '' is the root. */
  readonly prefix: string;
  readonly problems: Problems;
  /** Of a path itself; what lies below an excluded folder is excluded with it. */
  readonly isExcluded: (localPath: string) => boolean;
  readonly onEvent: (event: SyncEvent) => void;
  readonly waitForRoom: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Finds the files that the server may not have. */
export interface Discovery {
  /** Looks at everything. Rejects when the folder itself can't be read. */
  scan(): Promise<void>;
  /** Looks at one place that something is said to have happened at; `tree`: a folder with folders in it. */
  look(localPath: string): Promise<'tree' | 'other'>;
}

export function createDiscovery(options: DiscoveryOptions): Discovery {
  let isFirst = true;
  return {
    async scan() {
      await scanAll(options, isFirst);
      isFirst = false;
    },
    async look(localPath) {
      const visitor = createVisitor(options, { isHot: true });
      try {
        return await lookAt(options, visitor, localPath);
      } catch (error) {
        const failure = describeFailure(error);
        if (options.signal.aborted || failure.code === 'ENOENT' || failure.code === 'ENOTDIR') return 'other';
        visitor.onProblem({ localPath, ...failure });
        return 'other';
      }
    },
  };
}

async function scanAll(options: DiscoveryOptions, isFirst: boolean): Promise<void> {
  const { env, problems, onEvent } = options;
  const startedAtMs = env.clock.now().monotonicMs;
  const found = { files: 0, sizeBytes: 0, unchanged: 0, skipped: 0 };
  const visitor = createVisitor(options, { isHot: false });
  const countingVisitor: ScanVisitor = {
    onProblem: visitor.onProblem,
    onFile(file) {
      found.files += 1;
      found.sizeBytes += file.stat.sizeBytes;
      if (visitor.onFile(file) === 'unchanged') found.unchanged += 1;
    },
    onSkipped(localPath, why) {
      found.skipped += 1;
      if (isFirst) onEvent({ type: 'skipped', localPath, why });
    },
  };
  problems.beginScan();
  await scanFolder(env.files, countingVisitor, {
    ...options,
    folder: placeOf('', options.prefix),
    isRecursive: true,
  });
  problems.endScan();
  const durationMs = Math.round(env.clock.now().monotonicMs - startedAtMs);
  onEvent({ type: 'scanned', ...found, durationMs, isFirst });
}

async function lookAt(
  options: DiscoveryOptions,
  visitor: Visitor,
  localPath: string,
): Promise<'tree' | 'other'> {
  const { env, isExcluded, prefix, problems } = options;
  if (isWithinExcluded(localPath, isExcluded)) return 'other';
  const entry = await env.files.look(localPath);
  const parent = placeOf(parentOf(localPath), prefix);
  if (entry === null) {
    problems.delete(localPath);
  } else if (entry.kind === 'folder') {
    const folder = placeOf(localPath, prefix);
    const { folders } = await scanFolder(env.files, visitor, { ...options, folder, isRecursive: true });
    if (folders > 0) return 'tree';
  } else if (await mayHaveTwin(options, localPath, entry)) {
    // Only among its neighbours can be seen what is what.
    await scanFolder(env.files, visitor, { ...options, folder: parent, isRecursive: false });
  } else {
    visitEntry(visitor, { isExcluded, folder: parent }, entry);
  }
  return 'other';
}

/**
 * True when a file of the same folder may bear the same name in another Unicode form. Looking for the usual
 * forms costs less than listing the folder for each of its files; a scan sees the unusual ones.
 */
async function mayHaveTwin(
  { env: { files, state }, prefix }: Pick<DiscoveryOptions, 'env' | 'prefix'>,
  localPath: string,
  entry: SeenEntry,
): Promise<boolean> {
  const name = nameOf(localPath);
  if (isPlainName(name)) return false;
  const known = state.known(placeOf(localPath, prefix).path);
  if (known !== undefined && known.localPath !== localPath) return true;
  const folder = localPath.slice(0, localPath.length - name.length);
  for (const form of [name.normalize('NFC'), name.normalize('NFD')]) {
    const other = form === name ? null : await files.look(folder + form);
    if (other !== null && !isSameFile(entry, other)) return true;
  }
  return false;
}

/** Some file systems find a file by each form of its name. */
function isSameFile(one: SeenEntry, other: SeenEntry): boolean {
  return one.kind === 'file' && other.kind === 'file' && one.stat.ino === other.stat.ino;
}

interface Visitor extends ScanVisitor {
  readonly onFile: (file: ScannedFile) => 'unchanged' | 'to do';
}

/** Decides what to do about each thing found. */
function createVisitor(
  { env, list, problems, onEvent }: DiscoveryOptions,
  { isHot }: { readonly isHot: boolean },
): Visitor {
  return {
    onFile(file) {
      if (isUnchanged(file.stat, env.state.known(file.path))) {
        problems.delete(file.localPath);
        return 'unchanged';
      }
      if (!problems.isParked(file.localPath, (parkedAt) => isSameStat(parkedAt, file.stat))) {
        list.offer(file, { isHot });
      }
      return 'to do';
    },
    onSkipped: () => {},
    onProblem(problem) {
      if (problems.add(problem, null)) onEvent({ type: 'problem', ...problem });
    },
  };
}

/** True when the path, or a folder on the way to it, is excluded. */
export function isWithinExcluded(localPath: string, isExcluded: (localPath: string) => boolean): boolean {
  for (let end = localPath.indexOf('/'); end !== -1; end = localPath.indexOf('/', end + 1)) {
    if (isExcluded(localPath.slice(0, end))) return true;
  }
  return isExcluded(localPath);
}
