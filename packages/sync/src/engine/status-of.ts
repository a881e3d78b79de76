import type { Gate } from './gate.ts';
import type { Lookout } from './lookout.ts';
import type { Moves } from './moves.ts';
import type { Opening } from './opening.ts';
import type { Pause } from './pause.ts';
import type { Problems } from './problems.ts';
import type { Removals } from './removals.ts';
import type { SyncStatus } from './sync-event.ts';
import type { WorkList } from './work-list.ts';

interface Parts {
  readonly list: WorkList;
  readonly lookout: Lookout;
  readonly problems: Problems;
  readonly gate: Gate;
  readonly pause: Pick<Pause, 'isPaused'>;
  readonly opening: Pick<Opening, 'closedUntilMs'>;
  readonly moves: Pick<Moves, 'isBusy'>;
  readonly removals: Pick<Removals, 'held' | 'isBusy'>;
  /** Of files that are stored. */
  readonly sentBytes: number;
}

export function statusOf(parts: Parts): SyncStatus {
  const { list, opening, problems, gate, removals, sentBytes } = parts;
  const { closedUntilMs } = opening;
  const { totalFiles, totalBytes, doneFiles, doneBytes } = list.tally;
  const active = [...list.activeLarge].map(({ path, rest, sentBytes: sent }) => ({
    path,
    sizeBytes: rest.stat.sizeBytes,
    sentBytes: sent,
  }));
  const keptBytes = [...list.activeLarge].reduce((sum, item) => sum + item.keptBytes, 0);
  const underWayBytes = active.reduce((sum, upload) => sum + upload.sentBytes, 0);
  return {
    phase: phaseOf(parts),
    totalFiles,
    totalBytes,
    doneFiles,
    doneBytes: doneBytes + underWayBytes,
    sentBytes: sentBytes + underWayBytes - keptBytes,
    active,
    problems: problems.size,
    heldDeletions: removals.held,
    waitingFor: gate.waiting?.message ?? null,
    closedUntil: closedUntilMs === null ? null : new Date(closedUntilMs).toISOString(),
  };
}

function phaseOf({ list, lookout, gate, moves, opening, pause, removals }: Parts): SyncStatus['phase'] {
  if (pause.isPaused || opening.closedUntilMs !== null) return 'paused';
  if (gate.waiting !== null) return 'waiting';
  if (lookout.isScanning()) return 'scanning';
  if (list.size > 0) return 'uploading';
  // What is gone from one place is looked for at others before the server is told.
  return moves.isBusy || removals.isBusy ? 'scanning' : 'up_to_date';
}
