/**
 * What tells the watched folder from another one at its place, also after a reboot. A disk that is not mounted leaves
 * an empty folder behind, and another disk brings one of its own: what they lack was not deleted.
 */
export interface RootIdentity {
  readonly ino: bigint;
  /** 0 where the system does not tell. */
  readonly birthNs: bigint;
}

/** The folder as it is now; device numbers do not outlive a reboot. */
export interface RootSight extends RootIdentity {
  readonly dev: bigint;
}

/** What is remembered of the folder itself. */
export interface KnownRoot extends RootIdentity {
  /** Folders in it, as local paths, whose files were seen on another device than its own. */
  readonly mounts: readonly string[];
  /** Deletions were held back, and nobody has confirmed them yet. */
  readonly isHolding: boolean;
}

export function isSameRoot(one: RootIdentity, other: RootIdentity): boolean {
  return one.ino === other.ino && one.birthNs === other.birthNs;
}
