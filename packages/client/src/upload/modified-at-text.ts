/**
 * A time as the contracts write it. File systems hold times outside the years 1 to 9999, which the server does
 * not take; such a time is left out, not a failure.
 */
export function modifiedAtText(date: Date | undefined): string | undefined {
  // One that is no time at all has NaN for a year.
  const year = date?.getUTCFullYear() ?? Number.NaN;
  return year >= 1 && year <= 9999 ? date?.toISOString() : undefined;
}
