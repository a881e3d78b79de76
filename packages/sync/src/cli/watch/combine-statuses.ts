import type { SyncStatus } from '../../engine/sync-event.ts';

/** What is told of several that differ: the first of these that one of them is. */
const PHASES: readonly SyncStatus['phase'][] = ['uploading', 'waiting', 'scanning', 'paused', 'up_to_date'];

/** How several folders stand, as if they were one. */
export function combineStatuses(statuses: readonly SyncStatus[]): SyncStatus {
  const [only] = statuses;
  if (only !== undefined && statuses.length === 1) return only;
  const sum = (valueOf: (status: SyncStatus) => number) =>
    statuses.reduce((total, status) => total + valueOf(status), 0);
  return {
    phase: PHASES.find((phase) => statuses.some((status) => status.phase === phase)) ?? 'up_to_date',
    totalFiles: sum(({ totalFiles }) => totalFiles),
    totalBytes: sum(({ totalBytes }) => totalBytes),
    doneFiles: sum(({ doneFiles }) => doneFiles),
    doneBytes: sum(({ doneBytes }) => doneBytes),
    sentBytes: sum(({ sentBytes }) => sentBytes),
    active: statuses.flatMap(({ active }) => active),
    problems: sum(({ problems }) => problems),
    heldDeletions: sum(({ heldDeletions }) => heldDeletions),
    closedUntil: statuses.map((status) => status.closedUntil).find((until) => until !== null) ?? null,
    waitingFor: statuses.find(({ waitingFor }) => waitingFor !== null)?.waitingFor ?? null,
  };
}
