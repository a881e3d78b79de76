/** Why files that are gone from the folder are left on the server until somebody confirms it. */
export type HoldReason =
  /** So many at once are seldom meant. */
  | 'many'
  /** The folder itself is another one than before. */
  | 'other_folder'
  /** They lay on a disk of its own, which is not there. */
  | 'unmounted';

export interface DeletionCounts {
  /** Files that are gone. */
  readonly gone: number;
  /** Files that were deleted on the server lately: what goes slowly goes all the same. */
  readonly lately: number;
  /** Files that the server has from this folder, the gone ones among them. */
  readonly known: number;
}

/** A folder of a few files may well lose most of them. */
const FEW_FILES = 20;
/** rclone's bisync stops at the same share. */
const LARGE_SHARE = 0.5;

/** True when there are so many that more of them, if they come, may make it a mass deletion. */
export const mayBecomeMassDeletion = ({ gone, lately }: Omit<DeletionCounts, 'known'>): boolean =>
  gone + lately > FEW_FILES;

/** True when so much of the folder is gone that a person has to say whether it is meant. */
export function isMassDeletion(counts: DeletionCounts): boolean {
  const { gone, lately, known } = counts;
  return mayBecomeMassDeletion(counts) && gone + lately > (known + lately) * LARGE_SHARE;
}
