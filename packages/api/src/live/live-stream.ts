import type { FeedPage } from '@instashare/backend/database';
import type { ProgressEvent } from '@instashare/contracts';
import { createWaker } from './waker.ts';

/**
 * One who follows a user's events. It keeps no events: it is told only that there are some, and reads them when
 * whoever it is for has taken the ones before. So a slow one costs no more memory than a fast one.
 */
export interface LiveStream extends Disposable {
  /** Whether there may be something new since this was asked last; true at first. */
  takeNews(): boolean;
  /** The newest progress of each file since this was asked last. */
  takeProgress(): ProgressEvent[];
  /** What could not be read is new still. */
  putNewsBack(): void;
  /** Whether the access of whoever follows is in doubt since this was asked last. */
  takeDoubt(): boolean;
  /** Calls `look` at everything that this is told of until it is disposed: for one whose client takes nothing meanwhile. */
  watch(look: () => void): Disposable;
  /** A page of the changes; one query for all of a user's streams that ask for the same at once. */
  page(afterSeq: number): Promise<FeedPage | null>;
  /** Resolves when there is something new, or after `timeoutMs`, or when `signal` aborts. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** Aborts when the process stops. */
  readonly stopped: AbortSignal;
}

/** The hub's side of a stream. */
export interface StreamEnd {
  readonly stream: LiveStream;
  /** The newest change there was when it read last; null: it has not read yet. */
  readonly seenSeq: number | null;
  tellNews(): void;
  /** The end of its session may not have been told. */
  tellDoubt(): void;
  tellProgress(event: ProgressEvent): void;
  stop(): void;
}

export function createStream(options: {
  readonly page: LiveStream['page'];
  readonly onDispose: () => void;
}): StreamEnd {
  const stopping = new AbortController();
  const told = createTold();
  let seenSeq: number | null = null;

  const stream: LiveStream = {
    ...told.taken,
    async page(afterSeq) {
      const page = await options.page(afterSeq);
      seenSeq = page?.headSeq ?? seenSeq;
      return page;
    },
    stopped: stopping.signal,
    [Symbol.dispose]: options.onDispose,
  };
  return {
    stream,
    get seenSeq() {
      return seenSeq;
    },
    ...told.told,
    stop: () => stopping.abort(),
  };
}

type Taken = Pick<LiveStream, 'putNewsBack' | 'takeDoubt' | 'takeNews' | 'takeProgress' | 'wait' | 'watch'>;
type Told = Pick<StreamEnd, 'tellDoubt' | 'tellNews' | 'tellProgress'>;

/** What a stream was told, and has not taken yet. */
function createTold(): { readonly taken: Taken; readonly told: Told } {
  const waker = createWaker();
  const watchers = new Set<() => void>();
  const progress = new Map<string, ProgressEvent>();
  const flags = { hasNews: true, isInDoubt: false };
  const take = (flag: keyof typeof flags): boolean => {
    const was = flags[flag];
    flags[flag] = false;
    return was;
  };
  const wakeBy = (flag: keyof typeof flags): void => {
    flags[flag] = true;
    waker.wake();
    for (const look of watchers) look();
  };

  const taken: Taken = {
    takeNews: () => take('hasNews'),
    takeDoubt: () => take('isInDoubt'),
    takeProgress() {
      const events = [...progress.values()];
      progress.clear();
      return events;
    },
    putNewsBack() {
      flags.hasNews = true;
    },
    watch(look) {
      watchers.add(look);
      return { [Symbol.dispose]: () => void watchers.delete(look) };
    },
    async wait(timeoutMs, signal) {
      const isIdle = !flags.hasNews && !flags.isInDoubt && progress.size === 0;
      if (isIdle && !signal.aborted) await waker.wait(timeoutMs, signal);
    },
  };
  const told: Told = {
    tellNews: () => wakeBy('hasNews'),
    tellDoubt: () => wakeBy('isInDoubt'),
    tellProgress(event) {
      progress.set(event.fileId, event);
      waker.wake();
    },
  };
  return { taken, told };
}
