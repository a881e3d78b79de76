import type { Repositories } from '@instashare/backend/database';

/** Far more than clocks that are set by the network are apart, and far less than anything waits before it is deleted. */
const MOST_APART_MS = 60_000;

/**
 * Rejects when the clock of this machine and that of the database are apart: times that others have written would be
 * taken for long ago, and what was to be kept for thirty days, or for a download that is under way, be deleted.
 */
export async function requireClock(
  instance: Pick<Repositories['instance'], 'clock'>,
  now: () => number = Date.now,
): Promise<void> {
  const askedMs = now();
  const databaseMs = (await instance.clock()).getTime();
  const answeredMs = now();
  const aheadMs = Math.max(askedMs - databaseMs, 0) - Math.max(databaseMs - answeredMs, 0);
  if (Math.abs(aheadMs) <= MOST_APART_MS) return;
  const apart = `${Math.round(Math.abs(aheadMs) / 1000)} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
  throw new Error(
    `The clock of this machine is ${apart} the database's: nothing is swept until they agree (have both set by NTP)`,
  );
}
