import { InvalidArgumentError } from 'commander';

const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };

/** Reads an option that is a number of bytes: `500k`, `1.5G`; `Mi` is 1,024 x 1,024. */
export function byteSize(text: string): number {
  const [, number = '', unit = '', binary] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text) ?? [];
  const power = POWERS[unit.toLowerCase()] ?? 0;
  const bytes = Math.round(Number(number) * (binary === '' || unit === '' ? 1000 : 1024) ** power);
  if (number !== '' && Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new InvalidArgumentError('It must be a number of bytes above 0, such as 500k, 20M or 1.5G.');
}

/** What is slower than a modem is a mistake: bits were meant, or the unit is missing. */
const LEAST_RATE = 10_000;

/** Reads an option that is a number of bytes a second. */
export function byteRate(text: string): number {
  const rate = byteSize(text);
  if (rate >= LEAST_RATE) return rate;
  throw new InvalidArgumentError('It must be at least 10k: bytes a second.');
}
