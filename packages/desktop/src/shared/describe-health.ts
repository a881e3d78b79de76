import type { AppState } from './app-state.ts';
import { formatBytes, formatCount, formatNumber, formatTime, formatTimeLeft } from './format.ts';

export interface HealthWords {
  readonly title: string;
  readonly detail: string;
}

/** How it stands, in words for the tray and the window. */
export function describeHealth(state: AppState): HealthWords {
  const { health, doneFiles, totalFiles, waitingFor, folders } = state;
  const files = folders.reduce((sum, folder) => sum + folder.files, 0);
  const sizeBytes = folders.reduce((sum, folder) => sum + folder.sizeBytes, 0);
  switch (health) {
    case 'signed_out':
      return { title: 'Not logged in', detail: 'Nothing is uploaded until you log in.' };
    case 'up_to_date':
      return folders.length === 0
        ? { title: 'Ready', detail: 'No folder is uploaded yet: add one in the settings.' }
        : {
            title: 'Up to date',
            detail: `${formatCount(files, 'file')}, ${formatBytes(sizeBytes)} on the server.`,
          };
    case 'scanning':
      return { title: 'Looking for changes', detail: 'Your folders are compared with the server.' };
    case 'uploading':
      if (totalFiles === 0) return byHandWords(state);
      return {
        title: `Uploading ${formatNumber(Math.min(doneFiles + 1, totalFiles))} of ${formatNumber(totalFiles)}`,
        detail: progressWords(state),
      };
    case 'waiting':
      return { title: 'Waiting', detail: waitingFor ?? 'It goes on by itself.' };
    case 'offline':
      return {
        title: 'Offline',
        detail: 'Changes are remembered and uploaded when the server can be reached again.',
      };
    case 'paused':
      return { title: 'Paused', detail: pauseWords(state) };
    case 'attention':
      return { title: 'Needs you', detail: attentionWords(state) };
  }
}

/** The folders have nothing to do, but a person has asked for something by hand. */
function byHandWords({ transferCount, downloadCount }: AppState): HealthWords {
  const uploads = transferCount - downloadCount;
  const parts = [
    ...(uploads > 0 ? [`${formatCount(uploads, 'file')} to upload`] : []),
    ...(downloadCount > 0 ? [`${formatCount(downloadCount, 'file')} to download`] : []),
  ];
  const title = uploads === 0 ? 'Downloading' : 'Uploading';
  return {
    title: downloadCount > 0 && uploads > 0 ? 'Uploading and downloading' : title,
    detail: `${parts.join(', ')}.`,
  };
}

function pauseWords({ pausedBy, closedUntil }: AppState): string {
  if (pausedBy === 'battery') return 'This computer runs on its battery. It goes on when it is plugged in.';
  if (pausedBy === 'metered')
    return 'This connection costs by what goes through it. It goes on with another one.';
  if (pausedBy === 'hours' && closedUntil !== null)
    return `Your settings keep uploads for other hours. It goes on at ${formatTime(closedUntil)}.`;
  return 'Changes are remembered and uploaded when you resume.';
}

function progressWords({ doneBytes, totalBytes, bytesPerSecond, secondsLeft }: AppState): string {
  const parts = [`${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`];
  if (bytesPerSecond >= 1) parts.push(`${formatBytes(bytesPerSecond)}/s`);
  if (secondsLeft !== null && secondsLeft > 0) parts.push(formatTimeLeft(secondsLeft));
  // Where there is no room for all in one line, no number is torn from its unit.
  return parts.map((part) => part.replaceAll(' ', '\u00A0')).join(' · ');
}

function attentionWords({ engineFailure, needsLogin, folders, problemCount, waitingFor }: AppState): string {
  if (engineFailure !== null) return engineFailure;
  if (needsLogin) return 'Your log-in has ended. Log in again: nothing is lost.';
  const failed = folders.find(({ failure }) => failure !== null);
  if (failed !== undefined && failed.failure !== null) return failed.failure;
  if (waitingFor !== null) return waitingFor;
  if (problemCount > 0) return `${formatCount(problemCount, 'file')} could not be uploaded.`;
  return 'Deleted files wait for you to confirm.';
}
