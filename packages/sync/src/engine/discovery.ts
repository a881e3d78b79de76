import { describeFailure } from '../model/failure.ts';
import type { SyncEnvironment } from './environment.ts';
import { lookAt } from './look-at.ts';
import type { Moves } from './moves.ts';
import type { Problems } from './problems.ts';
import type { Removals } from './removals.ts';
import type { Room } from './room.ts';
import type { RootGuard } from './root-guard.ts';
import { scanAll } from './scan-all.ts';
import type { Selection } from './selection.ts';
import type { SyncEvent } from './sync-event.ts';
import { UnreadableFolderError } from './unreadable-folder-error.ts';
import { UnusableRulesError } from './unusable-rules-error.ts';
import { createVisitor, type Visitor } from './visitor.ts';
import type { WorkList } from './work-list.ts';

export interface DiscoveryOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'random' | 'state'>;
  readonly list: WorkList;
  readonly moves: Pick<Moves, 'below' | 'drop' | 'has' | 'offer'>;
  readonly removals: Pick<Removals, 'found' | 'scanned' | 'suspect'>;
  readonly guard: RootGuard;
  /** What the folder is on the server; '' is the root. */
  readonly prefix: string;
  readonly problems: Problems;
  readonly selection: Selection;
  readonly onEvent: (event: SyncEvent) => void;
  readonly room: Pick<Room, 'isFull' | 'wait' | 'waitToMove'>;
  readonly signal: AbortSignal;
}

/** Finds the files that the server may not have, and those that it has and the folder has not. */
export interface Discovery {
  /** Looks at everything. Rejects when the folder itself can't be read. */
  scan(): Promise<void>;
  /**
   * Looks at one place that something is said to have happened at. True when more is to be looked at: rules have changed,
   * there was no room for all that it found, or what was thought to be gone is back.
   */
  look(localPath: string): Promise<boolean>;
}

export function createDiscovery(options: DiscoveryOptions): Discovery {
  const { env, removals, signal } = options;
  let isFirst = true;
  // Of a folder that goes up for the first time no file was moved from anywhere.
  let mayHaveMoved = env.state.totals().files > 0;
  const findByInode = (ino: bigint) => (mayHaveMoved ? env.state.knownByInode(ino) : []);
  return {
    async scan() {
      await scanAll({ ...options, findByInode }, isFirst);
      isFirst = false;
      mayHaveMoved = true;
    },
    async look(localPath) {
      const visitor = createVisitor({ ...options, findByInode, isHot: true });
      let isAllBack = false;
      const noticing: Visitor = {
        ...visitor,
        onFile(file, hasRoom) {
          if (removals.found(file.path)) isAllBack = true;
          return visitor.onFile(file, hasRoom);
        },
      };
      try {
        return (await lookAt(options, noticing, localPath)) || isAllBack;
      } catch (error) {
        const failure = describeFailure(error instanceof UnreadableFolderError ? error.cause : error);
        if (signal.aborted || failure.code === 'ENOENT' || failure.code === 'ENOTDIR') return false;
        const isOfFolder = error instanceof UnusableRulesError || error instanceof UnreadableFolderError;
        visitor.onProblem({ localPath: isOfFolder ? error.folder : localPath, ...failure });
        return false;
      }
    },
  };
}
