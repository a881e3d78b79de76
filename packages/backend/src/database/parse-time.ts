import { types } from 'pg';

/** `2026-11-26 04:12:20.123456+00`: what the database says of nearly every time. Without years that `Date.UTC` takes for those of 1900. */
const UTC_TIME = /^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/;
const DIGIT_ZERO = 48;
// oxlint-disable-next-line typescript/no-unsafe-assignment -- pg types its own parsers as any
const parseOtherTime: (text: string) => unknown = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text');

/**
 * A time that knows how it is written, which takes longer to find out than to read it. It is not to be changed, as no
 * time of a row is.
 */
class WrittenTime extends Date {
  readonly #written: string;

  constructor(milliseconds: number, written: string) {
    super(milliseconds);
    this.#written = written;
  }

  override toISOString(): string {
    return this.#written;
  }
}

/** A `timestamptz` as the database writes it: a `Date`, in whole milliseconds. What else there is, as node-postgres reads it. */
export function parseTime(text: string): unknown {
  if (!UTC_TIME.test(text)) return parseOtherTime(text);
  const milliseconds = `${text.slice(20, -3)}000`.slice(0, 3);
  const time = Date.UTC(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5) - 1,
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
    Number(milliseconds),
  );
  return new WrittenTime(time, `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`);
}

const twoDigits = (text: string, at: number): number =>
  (text.charCodeAt(at) - DIGIT_ZERO) * 10 + text.charCodeAt(at + 1) - DIGIT_ZERO;
