import { adviceFor } from '../../model/advice.ts';
import type { FailureClass } from '../../model/failure.ts';
import { formatBytes, formatCount, formatDuration, formatTime, printable } from '../format.ts';
import type { Style } from '../style.ts';
import { describeSkip } from '../watch/describe-skip.ts';
import { IF_MEANT, obstacleLines, problemLines } from './describe-status.ts';
import type { WhyReply } from './protocol.ts';

type PathState = WhyReply['path'];

const WORDS_OF_CLASS: Readonly<Record<FailureClass, string>> = {
  global: 'concerns every file',
  transient: 'may pass by itself',
  permanent: 'lasts until the file changes',
  vanished: 'is gone',
};

/** C23: why a path is, or is not, on the server, in lines for a person: state, kind of failure, next try, what to do. */
export function describeWhy(reply: WhyReply, style: Style): string {
  const { path } = reply;
  const isKeptBack = !['stored', 'skipped', 'missing', 'given_up'].includes(path.state);
  return [...linesOf(path, style), ...(isKeptBack ? obstacleLines(reply, style) : [])].join('\n');
}

function linesOf(path: PathState, style: Style): string[] {
  switch (path.state) {
    case 'stored':
      return [
        style.green(
          `  Stored: version ${path.version}, ${formatBytes(path.sizeBytes)}, as it was at ${timeOf(path.atMs)}`,
        ),
      ];
    case 'uploading':
      return [`  On its way: ${formatBytes(path.sentBytes)} of ${formatBytes(path.sizeBytes)} are sent`];
    case 'queued':
      return [`  Waits for its turn: ${formatBytes(path.sizeBytes)}`];
    case 'settling':
      return [
        `  Was just written to: it is read when it is at rest, in ${formatDuration(path.inMs)} at the soonest`,
      ];
    case 'retrying':
      return failureLines(path, `the next try is in ${formatDuration(path.inMs)}`);
    case 'given_up':
      return failureLines(path, 'the next try is when it changes, or at "instashare sync"');
    case 'unseen':
      return ['  Changed, and not noticed yet: "instashare sync" looks at once'];
    case 'skipped':
      return skipLines(path);
    case 'missing':
      return missingLines(path);
    case 'folder':
      return folderLines(path);
  }
}

function missingLines({ isHeld, isStored }: Extract<PathState, { state: 'missing' }>): string[] {
  if (!isHeld) return [`  There is nothing here${isStored ? ', but there is on the server' : ''}`];
  return [
    '  Gone from the folder, with much else, but kept on the server until somebody says that it is meant',
    IF_MEANT,
  ];
}

function skipLines(path: Extract<PathState, { state: 'skipped' }>): string[] {
  const what = path.isFolderOnTheWay ? `Its folder ${printable(path.at)}` : 'It';
  return [
    `  ${what} is ${describeSkip(path)}`,
    ...(path.isStored ? ['    It was uploaded before: that stays on the server, as it was then'] : []),
  ];
}

function failureLines(
  { code, message, failureClass }: Extract<PathState, { state: 'retrying' | 'given_up' }>,
  nextTry: string,
): string[] {
  const advice = adviceFor(code);
  return [
    `  Not stored: ${printable(message)}`,
    `    ${code}: it ${WORDS_OF_CLASS[failureClass]}; ${nextTry}`,
    ...(advice === null ? [] : [`    ${advice}`]),
  ];
}

function folderLines({ count, problems }: Extract<PathState, { state: 'folder' }>): string[] {
  if (count === 0) return ['  A folder, with no problem in it'];
  return [`  A folder, with ${formatCount(count, 'problem')} in it:`, ...problems.flatMap(problemLines)];
}

const timeOf = (ms: number): string => formatTime(new Date(ms).toISOString());
