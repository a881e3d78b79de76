import { createUploadLimit, type InstashareClient, type UploadLimit } from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import type { SelectionOptions } from '../../engine/selection.ts';
import type { SyncEvent } from '../../engine/sync-event.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK } from '../exit-codes.ts';
import { printable } from '../format.ts';
import type { FolderFlags } from '../program/folder-options.ts';
import { combineStatuses } from '../watch/combine-statuses.ts';
import { concludeFolder, concludeUsage } from '../watch/conclude.ts';
import { createReporter } from '../watch/create-reporter.ts';
import { dryRun } from '../watch/dry-run.ts';
import { findSelection } from '../watch/find-selection.ts';
import { findTargets, type WatchTarget } from '../watch/find-targets.ts';
import { findUser } from '../watch/find-user.ts';
import { untilStopped, watchEach } from '../watch/keep-watching.ts';
import { type DeletionOptions, openWatched, type Watched } from '../watch/open-watched.ts';
import type { Reporter } from '../watch/reporter.ts';
import { type ServerWatch, watchServer } from '../watch/server-watch.ts';
import { createUsagePoll, type UsagePoll } from '../watch/usage-poll.ts';

export interface WatchOptions extends DeletionOptions, FolderFlags {
  readonly folders: readonly string[];
  /** Folder on the server; '' is the root of the account. */
  readonly to: string;
  readonly isOnce: boolean;
  /** Only says what would be done. */
  readonly isDryRun: boolean;
}

/** Uploads folders until it is told to stop (exit code 0), or with `isOnce` until everything is stored. */
export async function watch(context: CommandContext, options: WatchOptions): Promise<number> {
  const { isOnce } = options;
  const isForGood = !isOnce && !options.isDryRun;
  const targets = await findTargets({ ...options, mayBeAbsent: isForGood });
  const selection = await findSelection(options, targets);
  const uploadLimit = createUploadLimit(options.limitUp ?? null);
  await using connection = await connect(context, { uploadLimit });
  const user = await findUser(context, connection, isForGood);
  if (user === null) return endOf(isOnce);
  if (options.isDryRun) {
    const whose = { server: connection.client.url, userId: user.id };
    for (const target of targets) await dryRun(context, { ...whose, target, selection });
    return EXIT_OK;
  }
  return await run(context, { ...options, client: connection.client, user, targets, selection, uploadLimit });
}

interface RunOptions extends WatchOptions {
  readonly client: InstashareClient;
  readonly user: User;
  readonly targets: readonly WatchTarget[];
  readonly selection: SelectionOptions;
  readonly uploadLimit: UploadLimit;
}

async function run(context: CommandContext, options: RunOptions): Promise<number> {
  const { signal } = context;
  const { client, isOnce, targets, user } = options;
  const all = new Set<Watched>();
  using reporter = await createReporter(context, {
    isOnce,
    status: () => combineStatuses([...all].map(({ sync }) => sync.status())),
  });
  using usage = createUsagePoll({
    ask: () => client.call((trpc) => trpc.usage.get.query(undefined, { signal })),
    signal,
    onUsage: (latest) => reporter.onUsage(latest),
  });
  using serverWatch = isOnce ? null : keepAsking({ client, reporter, all });
  const open = (target: WatchTarget) => {
    const onEvent = (event: SyncEvent) => {
      noteNews(event, { usage, serverWatch });
      reporter.onEvent(event, target);
    };
    return openWatched(context, { ...options, userId: user.id, target, serverWatch, onEvent });
  };
  const onOpened = (target: WatchTarget) => tellStart(context, { client, user, target });
  if (!isOnce && targets.length > 1) {
    await watchEach(context, { targets, open, onOpened, all });
    return EXIT_OK;
  }
  await using opened = new AsyncDisposableStack();
  for (const target of targets) all.add(opened.use(await open(target)));
  targets.forEach(onOpened);
  await Promise.all([...all].map((watched) => untilStopped(watched, signal)));
  if (signal.aborted) return endOf(isOnce);
  reporter[Symbol.dispose]();
  return await conclude(context, client, all);
}

/** What the server has just said. */
const ANSWERS: ReadonlySet<SyncEvent['type']> = new Set(['stored', 'moved', 'deleted']);

function noteNews(
  { type }: SyncEvent,
  { usage, serverWatch }: { readonly usage: UsagePoll; readonly serverWatch: ServerWatch | null },
): void {
  if (type === 'stored' || type === 'up_to_date') usage.touch();
  if (ANSWERS.has(type)) serverWatch?.heard();
}

const ASK_EVERY_MS = 60_000;
const ASK_EVERY_MS_WHILE_AWAY = 5_000;

interface Asking {
  readonly client: InstashareClient;
  readonly reporter: Reporter;
  readonly all: ReadonlySet<Watched>;
}

/** C19: tells when the server does not answer, though there may be nothing to upload. */
function keepAsking({ client, reporter, all }: Asking): ServerWatch {
  let isTold = false;
  const isToldAlready = () => [...all].some(({ sync }) => sync.status().phase === 'waiting');
  return watchServer({
    ask: (signal) => client.ping(signal),
    everyMs: ASK_EVERY_MS,
    everyMsWhileAway: ASK_EVERY_MS_WHILE_AWAY,
    onAway(failure) {
      isTold = !isToldAlready();
      if (isTold) reporter.onServer(failure);
    },
    onBack() {
      if (isTold) reporter.onServer(null);
    },
  });
}

/** The exit code of one that is told to stop: a watch has no other end. */
const endOf = (isOnce: boolean): number => (isOnce ? EXIT_INTERRUPTED : EXIT_OK);

interface Start {
  readonly client: InstashareClient;
  readonly user: User;
  readonly target: WatchTarget;
}

function tellStart({ output }: CommandContext, { client, user, target }: Start): void {
  const { folder, prefix } = target;
  const to = prefix === '' ? '' : `, folder ${printable(prefix)},`;
  output.result(
    { event: 'started', folder, to: prefix, server: client.url, user },
    `Uploading ${printable(folder)} to ${client.url}${to} as ${user.email}`,
  );
}

/** The end of `--once`: what was made of it, and what is missing. */
async function conclude(
  context: CommandContext,
  client: InstashareClient,
  all: ReadonlySet<Watched>,
): Promise<number> {
  const hasDamaged = await concludeUsage(context, client);
  let problems = 0;
  for (const watched of all) problems += await concludeFolder(context, watched, hasDamaged);
  return problems === 0 ? EXIT_OK : EXIT_FAILED;
}
