/** The three forms of RFC 9110, section 5.6.7, all of them in GMT. */
const FORMS =
  /^(?:\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT|\w{6,9}, \d{2}-\w{3}-\d{2} \d{2}:\d{2}:\d{2} GMT|\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/** A date of a header, in milliseconds; null when it is none. */
export function parseHttpDate(text: string): number | null {
  const trimmed = text.trim();
  if (!FORMS.test(trimmed)) return null;
  const timeMs = Date.parse(trimmed.endsWith('GMT') ? trimmed : `${trimmed} GMT`);
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** The whole second that a date names in a header. */
export const toWholeSecond = (date: Date): number => Math.floor(date.getTime() / 1000) * 1000;
