import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
/** The last time that the server takes, and longer than anybody means. */
const LATEST_MS = Date.parse('9999-12-30');

/** Reads an option that says until when something works: `12h`, `7d`, or a day, which is meant to its end. */
export function expiry(nowMs: () => number = Date.now): (text: string) => Date {
  return (text) => {
    const at = fromNow(text, nowMs()) ?? endOfDay(text);
    if (at === null || !(at.getTime() <= LATEST_MS)) {
      throw new InvalidArgumentError(
        'It must be a time from now such as 30m, 12h, 7d or 4w, or a day such as 2031-01-31.',
      );
    }
    if (at.getTime() <= nowMs()) throw new InvalidArgumentError('It must lie in the future.');
    return at;
  };
}

function fromNow(text: string, nowMs: number): Date | null {
  const [, count = '', unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? null : new Date(nowMs + Number(count) * unitMs);
}

/** By the clock of this machine. */
function endOfDay(text: string): Date | null {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const start = new Date(year, month - 1, day);
  // The 30th of February would be a day of March.
  if (start.getMonth() !== month - 1 || start.getDate() !== day) return null;
  return new Date(year, month - 1, day + 1);
}
