import { savedPercent } from '@instashare/contracts/rules';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.3 GB`: powers of 1,000, as disks and networks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? 'B'}`;
}

/** `1,234`: what `toLocaleString` gives, without loading what that knows of every language, which takes 40 ms. */
export const formatNumber = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

export function formatCount(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `84 of 100 files` */
export function formatProgress(done: number, total: number, noun: string): string {
  return `${formatNumber(done)} of ${formatCount(total, noun)}`;
}

export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** How much smaller `storedBytes` is: `43 %`. */
export function formatSaved(sizeBytes: number, storedBytes: number): string {
  return `${savedPercent(sizeBytes, storedBytes)} %`;
}

/** Only what a terminal shows as it is; a name must not move the cursor. */
export function printable(name: string): string {
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** `2026-11-24 09:05`, by the clock of this machine. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
