import type { AppState } from '../shared/app-state.ts';
import { formatCount } from '../shared/format.ts';

/** A burst of fewer files than this is not worth a word. */
const WORTH_TELLING_FILES = 10;

export interface News {
  readonly title: string;
  readonly body: string;
}

/** What stands in the way of a file, or of all of them. */
interface Trouble {
  readonly reason: string;
  /** Of the files that could not be uploaded. */
  readonly problems: number;
}

/** What a person has been told of, and how it stood last. */
export interface Heard {
  readonly state: AppState;
  /** The trouble that was told last and has not passed since; null when there is none. */
  readonly trouble: Trouble | null;
}

export interface Hearing {
  readonly heard: Heard;
  /** null when there is nothing that a person needs to hear of. */
  readonly news: News | null;
}

/** What is news in a state after those before it; of trouble in the first it is known: the window shows it. */
export function hear(before: Heard | null, state: AppState): Hearing {
  const told = before?.trouble ?? null;
  if (!isTrouble(state)) {
    const isOver = state.health === 'up_to_date' || state.health === 'signed_out';
    const news = before === null ? null : burstNews(before.state, state);
    return { heard: { state, trouble: isOver ? null : told }, news };
  }
  const trouble = troubleOf(state);
  const grows = told?.reason === trouble.reason && told.problems < trouble.problems;
  const isSame = told?.reason === trouble.reason && !grows;
  // Work in between, such as a save of another file, makes no new trouble of the same.
  if (isSame || (before === null && !state.needsAccount)) return { heard: { state, trouble }, news: null };
  // While it lasts, more of it is told later.
  if (grows && before !== null && isTrouble(before.state))
    return { heard: { state, trouble: told }, news: null };
  return { heard: { state, trouble }, news: { title: 'Instashare needs you', body: troubleWords(state) } };
}

const isTrouble = ({ health, needsAccount }: AppState): boolean => health === 'attention' || needsAccount;

function burstNews(before: AppState, after: AppState): News | null {
  const isDone = after.health === 'up_to_date' && before.health === 'uploading';
  if (!isDone || before.totalFiles < WORTH_TELLING_FILES) return null;
  return { title: 'Up to date', body: `${formatCount(before.totalFiles, 'file')} uploaded.` };
}

function troubleOf(state: AppState): Trouble {
  if (state.needsAccount) return { reason: 'account', problems: 0 };
  // Its words tell a time, which is another at each try.
  if (state.engineFailure !== null) return { reason: 'engine', problems: 0 };
  if (state.needsLogin || state.waitingFor !== null) return { reason: troubleWords(state), problems: 0 };
  const failed = state.folders.filter(({ failure }) => failure !== null).map(({ path }) => path);
  return { reason: ['files', ...failed].join('\0'), problems: state.problemCount };
}

function troubleWords(state: AppState): string {
  if (state.needsAccount) return 'Nobody is logged in: nothing is uploaded until you log in.';
  if (state.engineFailure !== null) return state.engineFailure;
  return state.needsLogin ? 'Log in again to go on.' : (state.waitingFor ?? problemWords(state));
}

function problemWords({ problemCount, folders }: AppState): string {
  const failed = folders.find(({ failure }) => failure !== null);
  if (failed !== undefined) return `${failed.path} can't be uploaded.`;
  return problemCount === 0
    ? 'Deleted files wait for you to confirm.'
    : `${formatCount(problemCount, 'file')} could not be uploaded.`;
}
