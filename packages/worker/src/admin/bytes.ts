import { parseByteCount } from '@instashare/contracts/rules';
import { UsageError } from './admin-error.ts';

const STEP = 1000;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Reads a number of bytes as the CLI does: `500k`, `1.5G`; `Mi` is 1,024 x 1,024. Throws a {@link UsageError}. */
export function parseBytes(text: string): number {
  const bytes = parseByteCount(text);
  if (bytes !== null) return bytes;
  throw new UsageError(`"${text}" is no number of bytes such as 500k, 20M, 1.5G or 10Gi.`);
}

export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}
