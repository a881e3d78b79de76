/**
 * How much smaller the stored form of a content is, in whole per cent from 0 to 100. Rounded down: nothing claims to have
 * saved more than it did. 0 where nothing was saved.
 */
export function savedPercent(sizeBytes: number, storedBytes: number): number {
  if (sizeBytes <= 0) return 0;
  return Math.max(0, Math.floor(((sizeBytes - storedBytes) * 100) / sizeBytes));
}
