import type { LocalStat } from '../model/local-stat.ts';
import { beginRest, continueRest, type Rest, wrongGuess } from '../model/quiet-window.ts';
import type { Clock } from './environment.ts';
import type { ScannedFile } from './scan-folder.ts';
import type { LeftOut, Selection } from './selection.ts';
import { createTally, type Tally } from './tally.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';
import { createWorkItem, type Lane, laneOf, type WorkItem } from './work-item.ts';
import { createWorkQueue, type WorkQueue } from './work-queue.ts';

/** The files that have something to do: at most one item for each path, in the order in which to do them. */
export interface WorkList extends Disposable {
  readonly tally: Tally;
  readonly size: number;
  /** Large files that are being worked on: few, unlike the small ones. */
  readonly activeLarge: ReadonlySet<WorkItem>;
  /** Those that failed, and are tried again now and then. */
  readonly failing: ReadonlySet<WorkItem>;
  has(path: string): boolean;
  /** Of those that are being worked on, below a folder. */
  activeBelow(folder: string): string[];
  get(path: string): Readonly<WorkItem> | undefined;
  /** A file that the server may not have. One that is in the list is seen with its new stat. */
  offer(file: ScannedFile, options: { readonly isHot: boolean }): void;
  /** It is left out by now: it was found before the rules, or it has grown. */
  isUnwanted(item: WorkItem): boolean;
  /** The next one that is wanted; undefined when there is none, or when it does not fit (and stays the next). */
  take(lane: Lane, fits?: (item: WorkItem) => boolean): WorkItem | undefined;
  /** It turned out to be written to. */
  restless(item: WorkItem, stat: LocalStat): void;
  /** Nothing is wrong with it, but it is too early. */
  putOff(item: WorkItem, forMs: number): void;
  retry(item: WorkItem, afterMs: number): void;
  /** Those that failed are tried again now. */
  retryNow(): void;
  /** Back into the queue, behind the others. */
  putBack(item: WorkItem): void;
  remove(item: WorkItem, outcome: 'stored' | 'dropped'): void;
}

interface Lists {
  readonly clock: Clock;
  readonly items: Map<string, WorkItem>;
  /** In both lanes. */
  readonly active: Set<WorkItem>;
  readonly activeLarge: Set<WorkItem>;
  readonly failing: Set<WorkItem>;
  readonly queues: Readonly<Record<Lane, WorkQueue<WorkItem>>>;
  readonly waiting: WaitingRoom<WorkItem>;
  readonly tally: Tally;
  readonly onReady: () => void;
  readonly selection: WorkListOptions['selection'];
}

export interface WorkListOptions {
  readonly selection: Pick<Selection, 'generation' | 'leavesOutWithin'>;
  /** There may be something to take. */
  readonly onReady: () => void;
  /** One that was to be taken is left out by now, and is not in the list any more. */
  readonly onUnwanted: (item: WorkItem, leftOut: LeftOut) => void;
}

export function createWorkList(clock: Clock, options: WorkListOptions): WorkList {
  const { onReady, selection } = options;
  const lists: Lists = {
    clock,
    selection,
    items: new Map(),
    active: new Set(),
    activeLarge: new Set(),
    failing: new Set(),
    queues: { small: createWorkQueue(), large: createWorkQueue() },
    waiting: createWaitingRoom(clock, { onDue: (item) => ready(lists, item), onWake: onReady }),
    tally: createTally(),
    onReady,
  };
  const { activeLarge, failing, items, tally } = lists;
  return {
    tally,
    activeLarge,
    failing,
    has: (path) => items.has(path),
    activeBelow: (folder) => activeBelow(lists, folder),
    get: (path) => items.get(path),
    get size() {
      return items.size;
    },
    offer: (file, { isHot }) => offer(lists, { file, isHot }),
    isUnwanted: (item) => findLeftOut(lists, item) !== null,
    take: (lane, fits = () => true) => take(lists, lane, { fits, drop }),
    restless(item, stat) {
      item.sentBytes = 0;
      setRest(lists, item, wrongGuess(item.rest, stat, clock.now()));
    },
    putOff: (item, forMs) => wait(lists, item, clock.now().monotonicMs + forMs),
    retry(item, afterMs) {
      failing.add(item);
      item.sentBytes = 0;
      wait(lists, item, clock.now().monotonicMs + afterMs);
    },
    retryNow: () => retryNow(lists),
    putBack: (item) => ready(lists, item),
    remove: (item, outcome) => remove(lists, item, outcome),
    [Symbol.dispose]: () => lists.waiting[Symbol.dispose](),
  };

  function drop(item: WorkItem, leftOut: LeftOut): void {
    remove(lists, item, 'dropped');
    options.onUnwanted(item, leftOut);
  }
}

function activeBelow({ active }: Lists, folder: string): string[] {
  return [...active].flatMap(({ path }) => (path.startsWith(`${folder}/`) ? path : []));
}

function noLongerActive({ active, activeLarge }: Lists, item: WorkItem): void {
  active.delete(item);
  activeLarge.delete(item);
}

function remove(lists: Lists, item: WorkItem, outcome: 'stored' | 'dropped'): void {
  const { failing, items, tally, waiting } = lists;
  items.delete(item.path);
  failing.delete(item);
  noLongerActive(lists, item);
  waiting.delete(item);
  tally.left(item.rest.stat.sizeBytes, outcome);
}

/** Asked for each file that is taken: rules are only looked at when they have changed since it was found. */
function findLeftOut({ selection }: Lists, item: WorkItem): LeftOut | null {
  const { generation } = selection;
  const { localPath, rest } = item;
  const isSeen = item.seenUnder.generation === generation && item.seenUnder.sizeBytes === rest.stat.sizeBytes;
  if (isSeen) return null;
  const { sizeBytes } = rest.stat;
  const leftOut = selection.leavesOutWithin({ localPath, kind: 'file', sizeBytes });
  if (leftOut === null) item.seenUnder = { generation, sizeBytes };
  return leftOut;
}

function ready(lists: Lists, item: WorkItem): void {
  noLongerActive(lists, item);
  item.state = 'ready';
  lists.queues[item.lane].push(item, item.isHot);
}

function wait(lists: Lists, item: WorkItem, untilMs: number): void {
  noLongerActive(lists, item);
  item.state = 'waiting';
  item.dueAtMs = untilMs;
  lists.waiting.add(item, untilMs);
}

function retryNow(lists: Lists): void {
  for (const item of lists.failing) {
    if (item.state !== 'waiting') continue;
    lists.waiting.delete(item);
    ready(lists, item);
  }
  lists.onReady();
}

function setRest(lists: Lists, item: WorkItem, rest: Rest): void {
  lists.tally.resized(item.rest.stat.sizeBytes, rest.stat.sizeBytes);
  item.rest = rest;
  item.lane = laneOf(rest.stat);
  wait(lists, item, rest.dueAtMs);
}

interface Sighting {
  readonly file: ScannedFile;
  readonly isHot: boolean;
}

function offer(lists: Lists, sighting: Sighting): void {
  const existing = lists.items.get(sighting.file.path);
  if (existing === undefined) insert(lists, sighting);
  else refresh(lists, existing, sighting);
  lists.onReady();
}

function refresh(lists: Lists, item: WorkItem, { file, isHot }: Sighting): void {
  item.localPath = file.localPath;
  item.isHot ||= isHot;
  if (item.state === 'active') {
    item.isDirty = true;
    return;
  }
  const rest = continueRest(item.rest, file.stat, lists.clock.now());
  // Nothing new: it goes on waiting for its moment, or for its next try.
  if (rest !== item.rest) setRest(lists, item, rest);
}

function insert(lists: Lists, { file, isHot }: Sighting): void {
  const { generation } = lists.selection;
  const rest = beginRest(file.stat, lists.clock.now());
  const item = createWorkItem(file, { isHot, rest, generation });
  lists.items.set(item.path, item);
  lists.tally.added(file.stat.sizeBytes);
  wait(lists, item, item.rest.dueAtMs);
}

function take(
  lists: Lists,
  lane: Lane,
  {
    fits,
    drop,
  }: { readonly fits: (item: WorkItem) => boolean; readonly drop: WorkListOptions['onUnwanted'] },
): WorkItem | undefined {
  const { active, activeLarge, items } = lists;
  const queue = lists.queues[lane];
  for (let item = queue.peek(); item !== undefined; item = queue.peek()) {
    // Entries stay in the queue when their item moves on; such a one is passed over.
    const isCurrent = item.state === 'ready' && item.lane === lane && items.get(item.path) === item;
    const leftOut = isCurrent ? findLeftOut(lists, item) : null;
    if (isCurrent && leftOut === null && !fits(item)) return undefined;
    queue.shift();
    if (leftOut !== null) drop(item, leftOut);
    if (!isCurrent || leftOut !== null) continue;
    item.state = 'active';
    item.isDirty = false;
    active.add(item);
    if (lane === 'large') activeLarge.add(item);
    return item;
  }
  return undefined;
}
