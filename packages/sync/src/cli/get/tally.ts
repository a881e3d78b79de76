import { createSpeedometer } from '../../model/speed.ts';
import { formatBytes, formatCount, formatProgress } from '../format.ts';

/** What there is to download in all, as far as that is known. */
export interface GetTotals {
  readonly files: number;
  readonly sizeBytes: number;
}

export function createGetCounter(totals: GetTotals | null) {
  const speedometer = createSpeedometer();
  /** How it stands; `files` without those that were here before. */
  const tally = { files: 0, sizeBytes: 0, wereHere: 0, failed: 0, resumedBytes: 0 };
  let hereBytes = 0;
  return {
    tally,
    /** More bytes are here, of whichever file. */
    arrived(bytes: number): void {
      hereBytes += bytes;
    },
    line: (): string => {
      const speed = speedometer.sample(hereBytes, performance.now());
      const done = tally.files + tally.wereHere + tally.failed;
      const pace = `${formatBytes(speed)}/s`;
      if (totals === null)
        return `Downloading: ${formatCount(done, 'file')}, ${formatBytes(hereBytes)}, ${pace}`;
      const share = totals.sizeBytes === 0 ? 0 : Math.floor((100 * hereBytes) / totals.sizeBytes);
      const bytes = `${formatBytes(hereBytes)} of ${formatBytes(totals.sizeBytes)}`;
      return `Downloading ${Math.min(100, share)} %: ${formatProgress(done, totals.files, 'file')}, ${bytes}, ${pace}`;
    },
  };
}
