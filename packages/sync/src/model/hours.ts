/** A part of the day, by the clock on the wall; one that ends before it begins goes over midnight. */
export interface Hours {
  /** As a person writes it: `22:00-06:00`. */
  readonly text: string;
  /** Minutes since midnight. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

const MINUTES_OF_DAY = 1440;

/** null for what is no part of a day. */
export function parseHours(text: string): Hours | null {
  const found = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (found === null) return null;
  const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = found.slice(1).map(Number);
  const fromMinute = fromHour * 60 + fromPart;
  const toMinute = toHour * 60 + toPart;
  const isTime = (hour: number, part: number) => part < 60 && hour * 60 + part <= MINUTES_OF_DAY;
  if (!isTime(fromHour, fromPart) || !isTime(toHour, toPart)) return null;
  // From a moment to the same moment may be all of the day or nothing of it.
  if (fromMinute % MINUTES_OF_DAY === toMinute % MINUTES_OF_DAY) return null;
  return { text: text.trim(), fromMinute, toMinute };
}

/** Whether a moment is within hours, and when that changes: the first moment after it that is the other. */
export function lookAtHours(
  { fromMinute, toMinute }: Hours,
  atMs: number,
): { readonly isWithin: boolean; readonly untilMs: number } {
  const at = new Date(atMs);
  const minute = at.getHours() * 60 + at.getMinutes();
  const isWithin =
    fromMinute < toMinute
      ? minute >= fromMinute && minute < toMinute
      : minute >= fromMinute || minute < toMinute;
  const nextMinute = isWithin ? toMinute : fromMinute;
  // By the calendar, not by adding hours: some days have 23 or 25.
  const on = (days: number) =>
    new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 0, nextMinute).getTime();
  return { isWithin, untilMs: on(0) > atMs ? on(0) : on(1) };
}
