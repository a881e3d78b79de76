import type { Usage } from '@instashare/contracts';
import type { SyncEvent } from '../../engine/sync-event.ts';
import type { HoldReason } from '../../model/deletions.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatSaved,
  formatTime,
  printable,
} from '../format.ts';

/** An event as a line for a person; null for what only programs want to know. */
export function describeEvent(event: SyncEvent, { isOnce }: { readonly isOnce: boolean }): string | null {
  switch (event.type) {
    case 'watching':
      if (event.by === 'events') return null;
      return `Changes are found by looking every few seconds, since the folder can't be watched: ${printable(event.reason ?? '')}`;
    case 'scanned':
      return event.isFirst ? describeScan(event) : null;
    case 'problem':
      // Those that are left are listed at the end.
      if (isOnce) return null;
      return `${printable(event.localPath === '' ? 'The folder' : event.localPath)}: ${printable(event.message)}`;
    case 'waiting':
      return `Waiting: ${printable(event.message)}; trying again in ${formatDuration(Math.max(1000, event.retryInMs))}`;
    case 'resumed':
    case 'unpaused':
    case 'opened':
      return 'Going on';
    case 'paused':
      return 'Paused: nothing is uploaded until "instashare resume"';
    case 'closed':
      return `Outside of the hours ${event.hours}: nothing is uploaded until ${formatTime(event.until)}`;
    case 'up_to_date':
      return describeUpToDate(event, isOnce);
    case 'deletions_held':
      // A single run says so at its end.
      return isOnce ? null : describeHeld(event);
    case 'skipped':
    case 'stored':
    case 'moved':
    case 'deleted':
    case 'kept':
      return null;
  }
}

const WHY_HELD: Readonly<Record<HoldReason, string>> = {
  many: 'that is most of the folder',
  other_folder: 'another folder is at its place now',
  unmounted: 'the disk that they were on is not there',
};

function describeHeld({ files, reason }: Extract<SyncEvent, { type: 'deletions_held' }>): string {
  if (reason === null) return 'No deletions are held back any more';
  return (
    `Gone from the folder, but kept on the server: ${formatCount(files, 'file')}, since ${WHY_HELD[reason]}; ` +
    'if it is meant: "instashare confirm-deletes"'
  );
}

function describeScan(scan: Extract<SyncEvent, { type: 'scanned' }>): string {
  const found = `${formatCount(scan.files, 'file')}, ${formatBytes(scan.sizeBytes)}`;
  const known = scan.unchanged === 0 ? '' : `, ${formatNumber(scan.unchanged)} stored already`;
  const skipped = scan.skipped === 0 ? '' : `, ${formatCount(scan.skipped, 'link')} or other special skipped`;
  const ignored = scan.ignored === 0 ? '' : `, ${formatNumber(scan.ignored)} ignored`;
  return `Found ${found}${known}${skipped}${ignored}`;
}

function describeUpToDate(event: Extract<SyncEvent, { type: 'up_to_date' }>, isOnce: boolean): string {
  const stored = `${formatCount(event.files, 'file')}, ${formatBytes(event.sizeBytes)}`;
  const but = event.problems === 0 ? '' : `, but ${formatCount(event.problems, 'problem')}`;
  return isOnce ? `Stored: ${stored}${but}` : `Up to date: ${stored}${but}; watching`;
}

/** The server does not answer any more, and why; null: it does again. */
export function describeServer(failure: string | null): string {
  if (failure === null) return 'The server answers again';
  return `The server does not answer: ${printable(failure)}; asking again until it does`;
}

/** Beside lines of other folders. */
export function labelled(line: string, label: string | null): string {
  return label === null ? line : `${printable(label)}: ${line}`;
}

/** What the server makes of it. */
export function describeUsage({ byStatus, sizeBytes, storedBytes }: Usage): string {
  const saved = `${formatBytes(sizeBytes)} take ${formatBytes(storedBytes)}, ${formatSaved(sizeBytes, storedBytes)} saved`;
  const { stored } = byStatus;
  if (stored.files === 0) return `Compressed: ${saved}`;
  return `Compressing: ${formatCount(stored.files, 'file')}, ${formatBytes(stored.sizeBytes)} to go; ${saved}`;
}
