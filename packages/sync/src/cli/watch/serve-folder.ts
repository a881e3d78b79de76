import type { UploadLimit } from '@instashare/client/node';
import type { StateStore } from '../../engine/environment.ts';
import type { FolderControl } from '../../engine/folder-control.ts';
import type { FolderSync } from '../../engine/folder-sync.ts';
import { parseHours } from '../../model/hours.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { controlAddress } from '../control/address.ts';
import type { ControlRequest, StatusReply, WhyReply } from '../control/protocol.ts';
import { serveControl } from '../control/serve-control.ts';
import { recordWatch } from '../control/watch-records.ts';
import type { WatchTarget } from './find-targets.ts';
import { stateFolderOf } from './open-folder.ts';
import type { ServerWatch } from './server-watch.ts';

export interface ServedFolder {
  readonly server: string;
  /** Of its state. */
  readonly name: string;
  readonly target: WatchTarget;
  readonly sync: FolderSync;
  readonly state: Pick<StateStore, 'totals'>;
  /** Of the process, for all of its folders. */
  readonly uploadLimit: UploadLimit;
  /** Whether the server answers, when somebody keeps asking. */
  readonly serverWatch: ServerWatch | null;
}

/** Answers those who ask the running watch. One that can't goes on all the same, and says so. */
export async function serveFolder(context: CommandContext, served: ServedFolder): Promise<AsyncDisposable> {
  const { configFolder, output } = context;
  const stateFolder = stateFolderOf(configFolder);
  const { name, server, target } = served;
  await using stack = new AsyncDisposableStack();
  try {
    const address = controlAddress({ stateFolder, name, platform: process.platform });
    stack.use(await serveControl({ address, handle: (request) => handle(served, request) }));
    const { folder, prefix } = target;
    stack.use(await recordWatch(stateFolder, name, { folder, to: prefix, server, address }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    output.note(`"instashare status" and the like will not reach this watch: ${why}`);
  }
  return stack.move();
}

async function handle(served: ServedFolder, request: ControlRequest): Promise<StatusReply | WhyReply> {
  const { control } = served.sync;
  switch (request.command) {
    case 'status':
      break;
    case 'why': {
      const path = await control.explain(request.path);
      return { path, ...obstaclesOf(control) };
    }
    case 'sync':
      await control.rescan();
      break;
    case 'pause':
    case 'resume':
      control.pause.set(request.command === 'pause');
      break;
    case 'limit':
      setLimits(served, request);
      break;
    case 'confirm-deletes':
      served.sync.confirmDeletes();
  }
  return describe(served);
}

/** Nothing is changed when one of the two makes no sense. */
function setLimits(
  { sync, uploadLimit }: ServedFolder,
  { up, hours }: Extract<ControlRequest, { command: 'limit' }>,
): void {
  const wanted = hours === undefined || hours === null ? null : parseHours(hours);
  if (wanted === null && typeof hours === 'string') throw new CliError(`"${hours}" is no part of the day`);
  if (hours !== undefined) sync.control.opening.set(wanted);
  if (up !== undefined) uploadLimit.bytesPerSecond = up;
}

function obstaclesOf(control: FolderControl) {
  const { closedUntilMs } = control.opening;
  return {
    isPaused: control.pause.isPaused,
    closedUntil: closedUntilMs === null ? null : new Date(closedUntilMs).toISOString(),
    waiting: control.waiting(),
  };
}

/** C19: nothing is up to date with a server that does not answer. */
function serverNewsOf(sync: FolderSync, serverWatch: ServerWatch | null) {
  const heardAtMs = serverWatch?.heardAtMs ?? null;
  const heardAt = heardAtMs === null ? null : new Date(heardAtMs).toISOString();
  const message = serverWatch?.failure ?? null;
  if (serverWatch === null || message === null || sync.status().phase !== 'up_to_date') return { heardAt };
  const waiting = { reason: 'offline', code: 'network', message, retryInMs: serverWatch.askInMs };
  return { heardAt, phase: 'waiting' as const, waiting };
}

/** An answer stays of one size however much is wrong. */
const MOST_PROBLEMS = 50;

function describe({ server, target, sync, state, uploadLimit, serverWatch }: ServedFolder): StatusReply {
  const { totalFiles, totalBytes, doneFiles, doneBytes, active, heldDeletions } = sync.status();
  const problems = sync.problems();
  return {
    folder: target.folder,
    to: target.prefix,
    server,
    pid: process.pid,
    phase: sync.status().phase,
    totalFiles,
    totalBytes,
    doneFiles,
    doneBytes,
    active: [...active],
    stored: { ...state.totals() },
    heldDeletions,
    ...obstaclesOf(sync.control),
    ...serverNewsOf(sync, serverWatch),
    limits: {
      bytesPerSecond: uploadLimit.bytesPerSecond,
      hours: sync.control.opening.hours?.text ?? null,
    },
    problems: { count: problems.length, some: problems.slice(0, MOST_PROBLEMS) },
  };
}
