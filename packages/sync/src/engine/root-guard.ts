import { isSameRoot, type KnownRoot, type RootSight } from '../model/known-root.ts';
import type { SyncEnvironment } from './environment.ts';

/**
 * `same`: the folder that is remembered; `first`: none is remembered; `other`: there is another folder at its place,
 * and what that lacks was not deleted.
 */
export type RootState = 'same' | 'first' | 'other';

/** Knows the watched folder from another one at its place. */
export interface RootGuard {
  /** Looks at it. Rejects when it is not there. */
  look(): Promise<RootState>;
  /** The device that it was on when it was last looked at. */
  readonly dev: bigint | null;
  /** What was seen last is the folder from now on. */
  adopt(): void;
  /** undefined before the first {@link RootGuard.adopt} ever. */
  remembered(): KnownRoot | undefined;
  /** Notes down something about the folder that is remembered. */
  note(news: Partial<Pick<KnownRoot, 'isHolding' | 'mounts'>>): void;
}

export function createRootGuard({ files, state }: Pick<SyncEnvironment, 'files' | 'state'>): RootGuard {
  let seen: RootSight | null = null;
  let dev: bigint | null = null;
  // Where nothing but the inode tells folders apart, as long as the process lives the device does, too.
  const isRemembered = (sight: RootSight, root: KnownRoot) =>
    isSameRoot(sight, root) && (root.birthNs !== 0n || dev === null || dev === sight.dev);
  return {
    get dev() {
      return seen?.dev ?? null;
    },
    async look() {
      seen = await files.root();
      const root = state.root();
      if (root === undefined) return 'first';
      if (!isRemembered(seen, root)) return 'other';
      dev = seen.dev;
      return 'same';
    },
    adopt() {
      if (seen === null) throw new Error('the folder was not looked at');
      const { ino, birthNs } = seen;
      const { mounts = [], isHolding = false } = state.root() ?? {};
      state.putRoot({ ino, birthNs, mounts, isHolding });
      dev = seen.dev;
    },
    remembered: () => state.root(),
    note(news) {
      const root = state.root();
      if (root === undefined) return;
      const noted = { ...root, ...news };
      if (noted.isHolding === root.isHolding && noted.mounts.join('\0') === root.mounts.join('\0')) return;
      state.putRoot(noted);
    },
  };
}
