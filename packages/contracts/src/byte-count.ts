const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };
const UNITS = [
  ['TiB', 1024 ** 4],
  ['TB', 1000 ** 4],
  ['GiB', 1024 ** 3],
  ['GB', 1000 ** 3],
  ['MiB', 1024 ** 2],
  ['MB', 1000 ** 2],
  ['KiB', 1024],
  ['kB', 1000],
] as const;

/** Reads a number of bytes as people write it: `500k`, `1.5 GB`, `10Gi`; null when it is none. */
export function parseByteCount(text: string): number | null {
  const [, number = '', unit = '', binary] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text) ?? [];
  const power = POWERS[unit.toLowerCase()] ?? 0;
  const bytes = Math.round(Number(number) * (binary === '' || unit === '' ? 1000 : 1024) ** power);
  return number !== '' && Number.isSafeInteger(bytes) ? bytes : null;
}

/** The shortest text by which {@link parseByteCount} reads exactly so many bytes. */
export function writeByteCount(bytes: number): string {
  const texts = UNITS.filter(([, size]) => bytes >= size && (bytes * 10) % size === 0).map(
    ([unit, size]) => `${bytes / size} ${unit}`,
  );
  return texts.reduce((shortest, text) => (text.length < shortest.length ? text : shortest), String(bytes));
}
