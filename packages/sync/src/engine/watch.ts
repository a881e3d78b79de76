import { describeFailure } from '../model/failure.ts';
import type { FolderWatcher } from './environment.ts';
import type { SyncEvent } from './sync-event.ts';

/** The system's watch over the folder, as long as there is one. */
export interface Watch extends AsyncDisposable {
  readonly isOn: boolean;
  /** Tries to switch it on; says how changes are noticed from now on, if that is news. Never rejects. */
  begin(): Promise<void>;
}

export interface WatchOptions {
  readonly watcher: FolderWatcher;
  readonly onHint: (paths: readonly string[]) => void;
  readonly onLost: () => void;
  readonly onEvent: (event: SyncEvent) => void;
}

export function createWatch({ watcher, onHint, onLost, onEvent }: WatchOptions): Watch {
  let current: AsyncDisposable | null = null;
  let told: string | null = null;

  function tell(reason: string | null): void {
    if (told === (reason ?? '')) return;
    told = reason ?? '';
    onEvent(
      reason === null ? { type: 'watching', by: 'events' } : { type: 'watching', by: 'polling', reason },
    );
  }

  async function lose(error: Error): Promise<void> {
    const lost = current;
    current = null;
    tell(describeFailure(error).message);
    onLost();
    try {
      await lost?.[Symbol.asyncDispose]();
    } catch {
      // It is lost either way.
    }
  }

  return {
    get isOn() {
      return current !== null;
    },
    async begin() {
      if (current !== null) return;
      try {
        current = await watcher.watch({ onHint, onLost: (error) => void lose(error) });
        tell(null);
      } catch (error) {
        tell(describeFailure(error).message);
      }
    },
    async [Symbol.asyncDispose]() {
      await current?.[Symbol.asyncDispose]();
    },
  };
}
