/** How long the rest takes at this speed, in whole seconds; null where nothing moves. */
export function secondsLeft(restBytes: number, bytesPerSecond: number): number | null {
  if (restBytes <= 0) return 0;
  return bytesPerSecond < 1 ? null : Math.ceil(restBytes / bytesPerSecond);
}
