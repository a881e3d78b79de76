import { type ExplainOptions, explainPath, type PathState } from './explain-path.ts';
import type { Gate, Waiting } from './gate.ts';
import type { Lookout } from './lookout.ts';
import type { Opening } from './opening.ts';
import type { Pause } from './pause.ts';

/** What a person can ask of, and say to, a folder that is being watched. */
export interface FolderControl {
  /** While it is on, nothing is uploaded, by the next process neither; changes are noticed meanwhile. */
  readonly pause: Pick<Pause, 'hold' | 'isPaused' | 'set'>;
  /** When uploads are wanted. */
  readonly opening: Pick<Opening, 'closedUntilMs' | 'hours' | 'set'>;
  /** What everything waits for, with the time that is left until the next try. */
  waiting(): Waiting | null;
  /** Looks at everything now, and tries again what failed. Resolves when it has looked. */
  rescan(): Promise<void>;
  /** Why a path (below the folder, as the file system spells it) is, or is not, on the server. */
  explain(localPath: string): Promise<PathState>;
}

export interface FolderControlOptions extends ExplainOptions {
  readonly gate: Gate;
  readonly lookout: Lookout;
  readonly opening: Opening;
  readonly pause: Pause;
}

export function createFolderControl(options: FolderControlOptions): FolderControl {
  const { gate, list, lookout, opening, pause, problems } = options;
  return {
    pause,
    opening,
    waiting: () => (gate.waiting === null ? null : { ...gate.waiting, retryInMs: gate.retryInMs ?? 0 }),
    explain: (localPath) => explainPath(options, localPath),
    async rescan() {
      gate.hurry();
      problems.unpark();
      list.retryNow();
      await lookout.rescan();
    },
  };
}
