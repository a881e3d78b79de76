import { UsageError } from './admin-error.ts';

const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };
const STEP = 1000;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Reads a number of bytes as the CLI does: `500k`, `1.5G`; `Mi` is 1,024 x 1,024. Throws a {@link UsageError}. */
export function parseBytes(text: string): number {
  const [, number = '', unit = '', binary] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text) ?? [];
  const power = POWERS[unit.toLowerCase()] ?? 0;
  const bytes = Math.round(Number(number) * (binary === '' || unit === '' ? STEP : 1024) ** power);
  if (number !== '' && Number.isSafeInteger(bytes)) return bytes;
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
