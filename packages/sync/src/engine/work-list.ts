import type { LocalStat } from '../model/local-stat.ts';
import { beginRest, continueRest, type Rest, wrongGuess } from '../model/quiet-window.ts';
import type { Clock } from './environment.ts';
import type { ScannedFile } from './scan-folder.ts';
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
  get(path: string): Readonly<WorkItem> | undefined;
  /** A file that the server may not have. One that is in the list is seen with its new stat. */
  offer(file: ScannedFile, options: { readonly isHot: boolean }): void;
  /** The next one; undefined when there is none, or when it does not fit (and stays the next). */
  take(lane: Lane, fits?: (item: WorkItem) => boolean): WorkItem | undefined;
  /** It turned out to be written to. */
  restless(item: WorkItem, stat: LocalStat): void;
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
  readonly activeLarge: Set<WorkItem>;
  readonly queues: Readonly<Record<Lane, WorkQueue<WorkItem>>>;
  readonly waiting: WaitingRoom<WorkItem>;
  readonly tally: Tally;
  readonly onReady: () => void;
}

/** `onReady` is called when there may be something to take. */
export function createWorkList(clock: Clock, onReady: () => void): WorkList {
  const lists: Lists = {
    clock,
    items: new Map(),
    activeLarge: new Set(),
    queues: { small: createWorkQueue(), large: createWorkQueue() },
    waiting: createWaitingRoom(clock, { onDue: (item) => ready(lists, item), onWake: onReady }),
    tally: createTally(),
    onReady,
  };
  const { activeLarge, items, tally, waiting } = lists;
  const failing = new Set<WorkItem>();
  return {
    tally,
    activeLarge,
    failing,
    has: (path) => items.has(path),
    get: (path) => items.get(path),
    get size() {
      return items.size;
    },
    offer(file, { isHot }) {
      const existing = items.get(file.path);
      if (existing === undefined) insert(lists, file, isHot);
      else refresh(lists, existing, { file, isHot });
      onReady();
    },
    take: (lane, fits = () => true) => take(lists, lane, fits),
    restless(item, stat) {
      item.sentBytes = 0;
      setRest(lists, item, wrongGuess(item.rest, stat, clock.now()));
    },
    retry(item, afterMs) {
      failing.add(item);
      item.sentBytes = 0;
      wait(lists, item, clock.now().monotonicMs + afterMs);
    },
    retryNow: () => retryNow(lists, failing),
    putBack: (item) => ready(lists, item),
    remove(item, outcome) {
      items.delete(item.path);
      failing.delete(item);
      activeLarge.delete(item);
      waiting.delete(item);
      tally.left(item.rest.stat.sizeBytes, outcome);
    },
    [Symbol.dispose]: () => waiting[Symbol.dispose](),
  };
}

function ready({ activeLarge, queues }: Lists, item: WorkItem): void {
  activeLarge.delete(item);
  item.state = 'ready';
  queues[item.lane].push(item, item.isHot);
}

function wait({ activeLarge, waiting }: Lists, item: WorkItem, untilMs: number): void {
  activeLarge.delete(item);
  item.state = 'waiting';
  item.dueAtMs = untilMs;
  waiting.add(item, untilMs);
}

function retryNow(lists: Lists, failing: ReadonlySet<WorkItem>): void {
  for (const item of failing) {
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

function insert(lists: Lists, file: ScannedFile, isHot: boolean): void {
  const item = createWorkItem(file, isHot, beginRest(file.stat, lists.clock.now()));
  lists.items.set(item.path, item);
  lists.tally.added(file.stat.sizeBytes);
  wait(lists, item, item.rest.dueAtMs);
}

function take(
  { activeLarge, items, queues }: Lists,
  lane: Lane,
  fits: (item: WorkItem) => boolean,
): WorkItem | undefined {
  const queue = queues[lane];
  for (let item = queue.peek(); item !== undefined; item = queue.peek()) {
    // Entries stay in the queue when their item moves on; such a one is passed over.
    const isCurrent = item.state === 'ready' && item.lane === lane && items.get(item.path) === item;
    if (isCurrent && !fits(item)) return undefined;
    queue.shift();
    if (!isCurrent) continue;
    item.state = 'active';
    item.isDirty = false;
    if (lane === 'large') activeLarge.add(item);
    return item;
  }
  return undefined;
}
