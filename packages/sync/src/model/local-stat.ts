/** What the file system says of a file; times and inode in full precision. */
export interface LocalStat {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** When the inode was made, so that one that is used again is not taken for the one before; 0 where nobody knows. */
  readonly birthNs: bigint;
}

/** The part of a stat that outlives a reboot: device numbers do not. */
export type StatIdentity = Pick<LocalStat, 'ino' | 'sizeBytes' | 'mtimeNs' | 'ctimeNs'>;

export function isSameStat(one: StatIdentity, other: StatIdentity): boolean {
  return (
    one.sizeBytes === other.sizeBytes &&
    one.mtimeNs === other.mtimeNs &&
    one.ctimeNs === other.ctimeNs &&
    one.ino === other.ino
  );
}

/** Two looks at one open file: true when nobody wrote to it, truncated it or set its times between them. */
export function isUntouched(before: LocalStat, after: LocalStat): boolean {
  return before.dev === after.dev && isSameStat(before, after);
}
