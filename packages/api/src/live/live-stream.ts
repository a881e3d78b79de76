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
  tellProgress(event: ProgressEvent): void;
  stop(): void;
}

export function createStream(options: {
  readonly page: LiveStream['page'];
  readonly onDispose: () => void;
}): StreamEnd {
  const waker = createWaker();
  const stopping = new AbortController();
  const progress = new Map<string, ProgressEvent>();
  let hasNews = true;
  let seenSeq: number | null = null;

  const stream: LiveStream = {
    async page(afterSeq) {
      const page = await options.page(afterSeq);
      seenSeq = page?.headSeq ?? seenSeq;
      return page;
    },
    stopped: stopping.signal,
    takeNews() {
      const had = hasNews;
      hasNews = false;
      return had;
    },
    takeProgress() {
      const events = [...progress.values()];
      progress.clear();
      return events;
    },
    putNewsBack() {
      hasNews = true;
    },
    async wait(timeoutMs, signal) {
      if (!hasNews && progress.size === 0 && !signal.aborted) await waker.wait(timeoutMs, signal);
    },
    [Symbol.dispose]: options.onDispose,
  };
  return {
    stream,
    get seenSeq() {
      return seenSeq;
    },
    tellNews() {
      hasNews = true;
      waker.wake();
    },
    tellProgress(event) {
      progress.set(event.fileId, event);
      waker.wake();
    },
    stop: () => stopping.abort(),
  };
}
