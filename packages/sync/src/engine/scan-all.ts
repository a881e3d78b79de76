import { placeOf } from '../model/local-path.ts';
import { type Census, createCensus } from './census.ts';
import type { DiscoveryOptions } from './discovery.ts';
import type { RootGuard, RootState } from './root-guard.ts';
import { type ScanVisitor, scanFolder } from './scan-folder.ts';
import type { SkipReason } from './sync-event.ts';
import { createVisitor, type VisitorOptions } from './visitor.ts';

export type ScanAllOptions = DiscoveryOptions & Pick<VisitorOptions, 'findByInode'>;

/** Looks at everything there is, and says what is missing. Rejects when the folder itself can't be read. */
export async function scanAll(options: ScanAllOptions, isFirst: boolean): Promise<void> {
  const { env, guard, prefix, problems, onEvent } = options;
  const startedAtMs = env.clock.now().monotonicMs;
  const found = { files: 0, sizeBytes: 0, unchanged: 0, skipped: 0, ignored: 0 };
  const root = await beginWith(options);
  const seed = Math.floor(env.random() * 2 ** 32);
  const census = createCensus({ state: env.state, rootDev: guard.dev, seed });
  const visitor = createVisitor({ ...options, isHot: false });
  const countingVisitor: ScanVisitor = {
    onProblem(problem) {
      census.unsure(placeOf(problem.localPath, prefix).path);
      visitor.onProblem(problem);
    },
    onFile(file) {
      found.files += 1;
      found.sizeBytes += file.stat.sizeBytes;
      const sighting = visitor.onFile(file);
      if (sighting === 'unchanged') found.unchanged += 1;
      census.seen(file, sighting !== 'new');
    },
    onSkipped(localPath, skipped) {
      const { why, rule } = skipped;
      found[isOfChoice(why) ? 'ignored' : 'skipped'] += 1;
      census.leftAlone(placeOf(localPath, prefix).path);
      if (isFirst) onEvent({ type: 'skipped', localPath, why, ...(rule === undefined ? {} : { rule }) });
    },
  };
  problems.beginScan();
  await scanFolder(env.files, countingVisitor, {
    ...options,
    waitForRoom: () => options.room.wait(),
    folder: placeOf('', prefix),
    isRecursive: true,
  });
  problems.endScan();
  const durationMs = Math.round(env.clock.now().monotonicMs - startedAtMs);
  onEvent({ type: 'scanned', ...found, durationMs, isFirst });
  // What was scanned must have been one and the same folder all the time.
  if ((await guard.look()) === root) settleMissing(options, census, root);
}

async function beginWith({
  env,
  guard,
}: {
  env: Pick<DiscoveryOptions['env'], 'state'>;
  guard: RootGuard;
}): Promise<RootState> {
  const root = await guard.look();
  if (root !== 'first' || env.state.totals().files > 0) return root;
  guard.adopt();
  return 'same';
}

/** Somebody does not want it; otherwise it is nothing that could be uploaded. */
const isOfChoice = (why: SkipReason): boolean => why !== 'symlink' && why !== 'special' && why !== 'excluded';

function settleMissing(
  { env, guard, removals, selection }: ScanAllOptions,
  census: Census,
  root: RootState,
): void {
  const absent = census.absent();
  const missing = absent.missing.filter((path) => {
    const known = env.state.known(path);
    return known !== undefined && !selection.leavesAlone(known);
  });
  const leftAlone = absent.leftAlone + absent.missing.length - missing.length;
  if (root === 'first') {
    // Under an earlier version of this program what was deleted in the folder was meant to stay on the server.
    env.state.together(() => missing.forEach((path) => env.state.forgetKnown(path)));
    guard.adopt();
    guard.note({ mounts: census.mounts() });
    return;
  }
  removals.scanned({ missing: new Set(missing), root, mounts: census.mounts(), leftAlone });
}
