import type { Usage } from '@instashare/contracts';
import type { SyncEvent, SyncStatus } from '../../engine/sync-event.ts';
import type { WatchTarget } from './find-targets.ts';

/** How a running watch is shown. */
export interface Reporter extends Disposable {
  onEvent(event: SyncEvent, target: Pick<WatchTarget, 'folder' | 'label'>): void;
  onUsage(usage: Usage): void;
  /** The server does not answer any more, and why; null: it does again. */
  onServer(failure: string | null): void;
}

export interface ReporterOptions {
  readonly isOnce: boolean;
  readonly status: () => SyncStatus;
}
