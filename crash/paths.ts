import type { Random } from './random.ts';

const PATHS = 40;

/** Few enough that clients meet again what they have stored. */
export const pathOf = (random: Random): string => `folder-${random.below(4)}/file-${random.below(PATHS)}.txt`;
