import type { KnownFile } from '../model/known-file.ts';
import { isSameStat } from '../model/local-stat.ts';
import { planFile } from '../model/plan.ts';
import type { DiscoveryOptions } from './discovery.ts';
import type { ScannedFile, ScanVisitor } from './scan-folder.ts';

/** What was made of a file: `changed`: the server has another state of it; `new`: none; `left`: nothing. */
export type Sighting = 'unchanged' | 'changed' | 'new' | 'left';

export interface Visitor extends ScanVisitor {
  /** `hasRoom` (the default): it may have to wait to be uploaded. */
  readonly onFile: (file: ScannedFile, hasRoom?: boolean) => Sighting;
}

export interface VisitorOptions extends Pick<DiscoveryOptions, 'list' | 'moves' | 'onEvent' | 'problems'> {
  readonly env: Pick<DiscoveryOptions['env'], 'state'>;
  readonly findByInode: (ino: bigint) => readonly KnownFile[];
  readonly isHot: boolean;
}

/** Decides what to do about each thing found. */
export function createVisitor(options: VisitorOptions): Visitor {
  const { env, findByInode, isHot, list, moves, onEvent, problems } = options;
  return {
    onFile(file, hasRoom = true) {
      const { localPath, path, stat } = file;
      if (env.state.isNotedAs(file)) {
        moves.drop(path);
        problems.delete(localPath);
        return 'unchanged';
      }
      const known = env.state.known(path);
      const action = planFile({ stat, known, findByInode });
      if (action.kind === 'move_or_upload' && !list.has(path)) {
        moves.offer(file, action.relatives);
        return 'new';
      }
      moves.drop(path);
      if (action.kind === 'nothing') {
        problems.delete(localPath);
        if (known !== undefined && isOutdated(known, file))
          env.state.putKnown({ ...known, localPath, birthNs: stat.birthNs });
        return 'unchanged';
      }
      if (!hasRoom && !list.has(path)) return 'left';
      if (!problems.isParked(localPath, (parkedAt) => isSameStat(parkedAt, stat)))
        list.offer(file, { isHot });
      return known === undefined ? 'new' : 'changed';
    },
    onSkipped: () => {},
    onProblem(problem) {
      if (problems.add(problem, null)) onEvent({ type: 'problem', ...problem });
    },
  };
}

/**
 * The name of a folder on its way may have another Unicode form now, which changes nothing of the file; or it was noted
 * down by an earlier version of this program.
 */
function isOutdated(known: KnownFile, { localPath, stat }: ScannedFile): boolean {
  return known.localPath !== localPath || (known.birthNs === 0n && stat.birthNs !== 0n);
}
