import { describeFailure } from '../model/failure.ts';
import type { FolderWatcher } from './environment.ts';
import type { SyncEvent } from './sync-event.ts';

/** `deaf`: it is on, but not for all there is. */
export type WatchState = 'on' | 'deaf' | 'off';

/** The system's watch over the folder, as long as there is one. */
export interface Watch extends AsyncDisposable {
  readonly state: WatchState;
  /**
   * Tries to switch it on, anew when it was deaf; says how changes are noticed from now on, if that is news.
   * What happens meanwhile is for a scan to find. Never rejects.
   */
  begin(): Promise<void>;
  /**
   * It may not have reached folders that came together with their parent, or that bear another name since that
   * was moved. True when that is news.
   */
  distrust(): boolean;
}

export interface WatchOptions {
  readonly watcher: FolderWatcher;
  readonly onHint: (paths: readonly string[]) => void;
  readonly onLost: () => void;
  readonly onEvent: (event: SyncEvent) => void;
}

export function createWatch({ watcher, onHint, onLost, onEvent }: WatchOptions): Watch {
  let current: AsyncDisposable | null = null;
  let opening: Promise<void> | null = null;
  let isDisposed = false;
  let isDeaf = false;
  const tell = createTeller(onEvent);

  async function end(): Promise<void> {
    const ending = current;
    current = null;
    await disposeQuietly(ending);
  }

  function lose(error: Error): void {
    void end();
    tell(describeFailure(error).message);
    onLost();
  }

  async function open(): Promise<void> {
    try {
      current = await watcher.watch({ onHint, onLost: lose });
      tell(null);
    } catch (error) {
      tell(describeFailure(error).message);
    }
  }

  return {
    get state() {
      if (current === null) return 'off';
      return isDeaf ? 'deaf' : 'on';
    },
    distrust() {
      const isNews = current !== null && !isDeaf;
      isDeaf = true;
      return isNews;
    },
    async begin() {
      if (isDeaf) await end();
      if (current !== null || isDisposed) return;
      isDeaf = false;
      opening = open();
      await opening;
    },
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      // One that is only being opened would outlive us.
      await opening;
      await end();
    },
  };
}

/** Says how changes are noticed, when that is news; with a reason: by looking. */
function createTeller(onEvent: WatchOptions['onEvent']): (reason: string | null) => void {
  let told: string | null = null;
  return (reason) => {
    if (told === (reason ?? '')) return;
    told = reason ?? '';
    onEvent(
      reason === null ? { type: 'watching', by: 'events' } : { type: 'watching', by: 'polling', reason },
    );
  };
}

async function disposeQuietly(watch: AsyncDisposable | null): Promise<void> {
  try {
    await watch?.[Symbol.asyncDispose]();
  } catch {
    // One that was lost may not end in order.
  }
}
