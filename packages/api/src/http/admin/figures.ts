/** `1,234,567` */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

const UNITS = [
  ['d', 24 * 60 * 60],
  ['h', 60 * 60],
  ['min', 60],
  ['s', 1],
] as const;

/** A span of time by its two largest units, such as `3 h 20 min`. */
export function formatAge(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds));
  const first = UNITS.findIndex(([, size]) => left >= size);
  const parts = UNITS.slice(Math.max(0, first), first + 2).map(([unit, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount === 0 ? '' : `${amount} ${unit}`;
  });
  return parts.filter(Boolean).join(' ') || '0 s';
}
