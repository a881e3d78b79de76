import { isInstashareError } from '@instashare/client';
import { type ActiveUpload, createSpeedometer, type Speedometer, type SyncStatus } from '@instashare/sync';
import {
  type AppState,
  type FolderState,
  type Problem,
  SIGNED_OUT_STATE,
  type Transfer,
} from '../shared/app-state.ts';
import type { Account, EngineConfig } from './account.ts';
import { adviceFor } from './advice.ts';
import { deriveHealth, type FolderStanding } from './derive-health.ts';
import { secondsLeft } from './speed.ts';
import type { RunningFolder } from './synced-folder.ts';
import { transferFailure } from './transfer-failure.ts';

const MOST_PROBLEMS = 100;
const MOST_TRANSFERS = 50;

/** Makes the state that is shown; it remembers a little, to tell speeds. */
export function createStateDescriber() {
  const speedometer = createSpeedometer();
  const uploadsOf = createUploadDescriber();

  return (account: Account | null, config: EngineConfig): AppState => {
    if (account === null) return { ...SIGNED_OUT_STATE, needsAccount: config.owner !== null };
    const { user, client, files, folders, transfers, activity, server } = account;
    const running = folders.running();
    const sums = sumUp(running.map(({ sync }) => sync.status()));
    const bytesPerSecond = speedometer.sample(sums.sentBytes, performance.now());
    const needsLogin = isLoggedOut(account);
    const isServerAway = server.failure !== null || files.failure !== null;
    const problems = [...problemsByHand(transfers), ...problemsOf(running)];
    const uploads = uploadsOf(running);
    const closedUntil = closedUntilOf(running) ?? account.hold.closedUntil;
    return {
      account: { email: user.email, server: client.url, userId: user.id },
      health: deriveHealth({
        isSignedIn: true,
        needsLogin,
        isServerAway,
        folders: standingsOf(account, config),
      }),
      needsLogin,
      needsAccount: false,
      engineFailure: null,
      waitingFor: waitingForOf(account),
      pausedBy: config.pausedBy ?? (closedUntil === null ? null : 'hours'),
      closedUntil,
      doneFiles: sums.doneFiles,
      totalFiles: sums.totalFiles,
      doneBytes: sums.doneBytes,
      totalBytes: sums.totalBytes,
      bytesPerSecond,
      secondsLeft: secondsLeft(sums.totalBytes - sums.doneBytes, bytesPerSecond),
      folders: config.folders.map(({ path, prefix }) => folderState(account, path, prefix)),
      transfers: [...uploads, ...transfers.list(MOST_TRANSFERS)],
      transferCount: uploads.length + transfers.count,
      downloadCount: transfers.downloadCount,
      hasDrops: !account.drops.isEmpty,
      activity: activity.list(),
      problems: problems.slice(0, MOST_PROBLEMS),
      problemCount: problems.length,
    };
  };
}

type Sums = Pick<SyncStatus, 'doneFiles' | 'totalFiles' | 'doneBytes' | 'totalBytes' | 'sentBytes'>;

function sumUp(statuses: readonly SyncStatus[]): Sums {
  const sum = (key: keyof Sums) => statuses.reduce((all, status) => all + status[key], 0);
  return {
    doneFiles: sum('doneFiles'),
    totalFiles: sum('totalFiles'),
    doneBytes: sum('doneBytes'),
    totalBytes: sum('totalBytes'),
    sentBytes: sum('sentBytes'),
  };
}

const closedUntilOf = (running: readonly RunningFolder[]): string | null =>
  running.map(({ sync }) => sync.status().closedUntil).find((until) => until !== null) ?? null;

function waitingForOf({ files, folders, server }: Account): string | null {
  const waiting = folders.running().map(({ sync }) => sync.status().waitingFor);
  return waiting.find((words) => words !== null) ?? server.failure ?? files.failure?.message ?? null;
}

/** The large files on their way, each with its speed. */
function createUploadDescriber(): (running: readonly RunningFolder[]) => Transfer[] {
  const speedometers = new Map<string, Speedometer>();

  function describe(folder: string, { path, sizeBytes, sentBytes }: ActiveUpload): Transfer {
    const id = `${folder}\0${path}`;
    const speedometer = speedometers.get(id) ?? createSpeedometer();
    speedometers.set(id, speedometer);
    const bytesPerSecond = speedometer.sample(sentBytes, performance.now());
    const left = secondsLeft(sizeBytes - sentBytes, bytesPerSecond);
    const told = { id, path, sizeBytes, doneBytes: sentBytes, bytesPerSecond, secondsLeft: left };
    return { ...told, kind: 'upload', isAwaited: false };
  }

  return (running) => {
    const uploads = running.flatMap(({ folder, sync }) =>
      sync.status().active.map((upload) => describe(folder.path, upload)),
    );
    const ids = new Set(uploads.map(({ id }) => id));
    for (const id of speedometers.keys()) if (!ids.has(id)) speedometers.delete(id);
    return uploads;
  };
}

function isLoggedOut({ files, folders }: Account): boolean {
  if (isInstashareError(files.failure, 'session_ended', 'unauthenticated')) return true;
  return folders.running().some(({ sync }) => sync.control.waiting()?.reason === 'logged_out');
}

/** One that is not opened yet is not up to date. */
function standingsOf({ folders, transfers, hold }: Account, config: EngineConfig): FolderStanding[] {
  const standings = config.folders.map(({ path }): FolderStanding => {
    const found = folders.running().find(({ folder }) => folder.path === path);
    if (found === undefined || folders.failures().has(path))
      return idle(folders.failures().has(path) ? 'failed' : 'scanning');
    const { phase, problems, heldDeletions } = found.sync.status();
    return { phase, problems, heldDeletions, waitReason: found.sync.control.waiting()?.reason ?? null };
  });
  // Without a folder as well, what is dropped has to wait.
  if (hold.isHeld) standings.push(idle('paused'));
  // What a person has asked for by hand is under way as well, or has failed.
  if (transfers.queuedCount > 0) return [...standings, idle('uploading')];
  const problems = transfers.failed().length;
  return problems === 0 ? standings : [...standings, { ...idle('up_to_date'), problems }];
}

const idle = (phase: FolderStanding['phase']): FolderStanding => ({
  phase,
  waitReason: null,
  problems: 0,
  heldDeletions: 0,
});

function folderState({ folders }: Account, path: string, prefix: string): FolderState {
  const failure = folders.failures().get(path) ?? null;
  const found = folders.running().find(({ folder }) => folder.path === path);
  if (found === undefined || failure !== null) {
    const phase = failure === null ? 'scanning' : 'failed';
    return { path, prefix, phase, files: 0, sizeBytes: 0, heldDeletions: 0, failure };
  }
  const { phase, heldDeletions } = found.sync.status();
  return { path, prefix, phase, ...found.totals(), heldDeletions, failure: null };
}

function problemsOf(running: readonly RunningFolder[]): Problem[] {
  return running.flatMap(({ folder, sync }) =>
    sync.problems().map(({ localPath, code, message }) => ({
      folder: folder.path,
      localPath,
      transferId: null,
      message,
      advice: adviceFor(code),
    })),
  );
}

const problemsByHand = (transfers: Account['transfers']): Problem[] =>
  transfers.failed().map(({ id, path, error }) => {
    const { code, message } = transferFailure(error);
    return { folder: '', localPath: path, transferId: id, message, advice: adviceFor(code) };
  });
