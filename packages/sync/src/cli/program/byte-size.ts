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
