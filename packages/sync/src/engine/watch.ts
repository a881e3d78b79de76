import { describeFailure } from '../model/failure.ts';
import type { FolderWatcher } from './environment.ts';
import type { SyncEvent } from './sync-event.ts';

/** The system's watch over the folder, as long as there is one. */
export interface Watch extends AsyncDisposable {
  readonly isOn: boolean;
  /** Tries to switch it on. What happens meanwhile is for a scan to find. Never rejects. */
  begin(): Promise<void>;
  /** Everything was listed since: says that changes are noticed by it, if that is news. */
  confirm(): void;
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
    } catch (error) {
      tell(describeFailure(error).message);
    }
  }

  return {
    get isOn() {
      return current !== null;
    },
    async begin() {
      if (current !== null || isDisposed) return;
      opening = open();
      await opening;
    },
    confirm() {
      if (current !== null) tell(null);
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
