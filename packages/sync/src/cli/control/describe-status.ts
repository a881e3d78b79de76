import { adviceFor } from '../../model/advice.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatProgress,
  formatTime,
  printable,
} from '../format.ts';
import type { Style } from '../style.ts';
import type { StatusReply, WhyReply } from './protocol.ts';

/** What to do about files that are gone from a folder, and kept on the server. */
export const IF_MEANT = '    If it is meant: "instashare confirm-deletes".';

type Waiting = NonNullable<StatusReply['waiting']>;

/** How a watched folder stands, in lines for a person. */
export function describeStatus(reply: StatusReply, style: Style): string {
  const { folder, to, server, problems } = reply;
  const where = `${server}${to === '' ? '' : `, folder ${printable(to)}`}`;
  const hidden = problems.count - problems.some.length;
  return [
    `${style.bold(printable(folder))} → ${where}`,
    ...stateLines(reply, style),
    ...heardLines(reply),
    ...limitLines(reply),
    ...heldLines(reply, style),
    ...(problems.count === 0 ? [] : [style.red(`  ${formatCount(problems.count, 'problem')}:`)]),
    ...problems.some.flatMap((problem) => problemLines(problem)),
    ...(hidden === 0 ? [] : [`    and ${formatNumber(hidden)} more`]),
  ].join('\n');
}

function stateLines(reply: StatusReply, style: Style): string[] {
  const { phase, stored, totalFiles, waiting } = reply;
  const storedText = `${formatCount(stored.files, 'file')}, ${formatBytes(stored.sizeBytes)}`;
  const left = totalFiles === 0 ? [] : [`  ${progressOf(reply)} stored`];
  switch (phase) {
    case 'up_to_date':
      return [style.green(`  Up to date: ${storedText}`)];
    case 'scanning':
      return ['  Looking through the folder', ...left];
    case 'uploading':
      return totalFiles === 0 ? ['  Uploading'] : [`  Uploading: ${progressOf(reply)}`];
    case 'paused':
      return [...heldUpLines(reply, style), ...left];
    case 'waiting':
      return [...(waiting === null ? [] : waitingLines(waiting, style)), ...left];
  }
}

/** C19: how old what is said of the server is. */
function heardLines({ heardAt, phase }: StatusReply): string[] {
  if (heardAt === null || (phase !== 'up_to_date' && phase !== 'waiting')) return [];
  return [`  The server last answered at ${formatTime(heardAt)}`];
}

function heldUpLines(
  { isPaused, closedUntil }: Pick<StatusReply, 'closedUntil' | 'isPaused'>,
  style: Style,
): string[] {
  if (isPaused) return [style.yellow('  Paused: "instashare resume" goes on')];
  return closedUntil === null
    ? []
    : [style.yellow(`  Outside of its hours: it goes on at ${formatTime(closedUntil)}`)];
}

/** What bounds the uploads, for a person; null when nothing does. */
export function limitsOf({ limits: { bytesPerSecond, hours } }: Pick<StatusReply, 'limits'>): string | null {
  const parts = [
    ...(bytesPerSecond === null ? [] : [`${formatBytes(bytesPerSecond)}/s`]),
    ...(hours === null ? [] : [`the hours ${hours}`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function limitLines(reply: StatusReply): string[] {
  const limits = limitsOf(reply);
  return limits === null ? [] : [`  Limited to ${limits}`];
}

function heldLines({ heldDeletions }: StatusReply, style: Style): string[] {
  if (heldDeletions === 0) return [];
  return [
    style.yellow(`  Gone from the folder, but kept on the server: ${formatCount(heldDeletions, 'file')}`),
    IF_MEANT,
  ];
}

function progressOf({ totalFiles, totalBytes, doneFiles, doneBytes, active }: StatusReply): string {
  const [large] = active;
  const name = large === undefined ? '' : `: ${printable(large.path)}`;
  const bytes = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
  return `${formatProgress(doneFiles, totalFiles, 'file')}, ${bytes}${name}`;
}

function waitingLines({ code, message, retryInMs }: Waiting, style: Style): string[] {
  const advice = adviceFor(code);
  return [
    style.yellow(
      `  Waiting: ${printable(message)}; trying again in ${formatDuration(Math.max(1000, retryInMs))}`,
    ),
    ...(advice === null ? [] : [`    ${advice}`]),
  ];
}

export function problemLines({
  localPath,
  code,
  message,
}: StatusReply['problems']['some'][number]): string[] {
  const advice = adviceFor(code);
  const what = localPath === '' ? 'The folder' : printable(localPath);
  return [`    ${what}: ${printable(message)}`, ...(advice === null ? [] : [`      ${advice}`])];
}

/** What else keeps a file back, whatever is the matter with it. */
export function obstacleLines({ waiting, ...reply }: WhyReply, style: Style): string[] {
  const heldUp = heldUpLines(reply, style);
  if (heldUp.length > 0) return heldUp;
  return waiting === null ? [] : waitingLines(waiting, style);
}
