import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two texts are the same, in a time that tells nothing of where they differ. Texts and not the bytes that they
 * stand for: of the last character of a base64 text not every bit counts, so there are several for the same bytes, and only
 * the one that was given out is to pass.
 */
export function isSameSecret(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
