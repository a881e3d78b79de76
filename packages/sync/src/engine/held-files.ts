import type { HoldReason } from '../model/deletions.ts';
import type { GoneFile } from './gone-file.ts';
import type { SyncEvent } from './sync-event.ts';

/** Files whose deletion waits until somebody confirms it, or until they are back. */
export interface HeldFiles {
  readonly size: number;
  has(path: string): boolean;
  count(reason: HoldReason): number;
  hold(files: readonly GoneFile[], reason: HoldReason): void;
  /** Lets go of one. False when it is not held. */
  drop(path: string): boolean;
  /** Lets go of those that need not be held any more. */
  release(isOver: (file: GoneFile, reason: HoldReason) => boolean): readonly GoneFile[];
  /** Says how many are held, and why, when that is news. */
  tell(): void;
}

export function createHeldFiles(onEvent: (event: SyncEvent) => void): HeldFiles {
  const held = new Map<string, { readonly file: GoneFile; readonly reason: HoldReason }>();
  let told = { files: 0, reason: null as HoldReason | null };
  return {
    get size() {
      return held.size;
    },
    has: (path) => held.has(path),
    count(wanted) {
      let files = 0;
      for (const { reason } of held.values()) if (reason === wanted) files += 1;
      return files;
    },
    hold(files, reason) {
      for (const file of files) held.set(file.path, { file, reason });
    },
    drop: (path) => held.delete(path),
    release(isOver) {
      const released: GoneFile[] = [];
      for (const { file, reason } of held.values()) if (isOver(file, reason)) released.push(file);
      for (const { path } of released) held.delete(path);
      return released;
    },
    tell() {
      const [first] = held.values();
      const news = { files: held.size, reason: first?.reason ?? null };
      if (news.files === told.files && news.reason === told.reason) return;
      told = news;
      onEvent({ type: 'deletions_held', ...news });
    },
  };
}
