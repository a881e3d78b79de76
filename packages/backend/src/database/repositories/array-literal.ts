/**
 * Arrays as PostgreSQL writes them. node-postgres would write them as well, by several calls for each element, which
 * for the rows of a thousand files is a good part of what they cost.
 */

/** Of what needs no quotes: numbers, UUIDs, and words of our own. */
export const plainArray = (values: readonly (number | string | null)[]): string => `{${joined(values)}}`;

export const timeArray = (times: readonly (Date | null)[]): string =>
  `{${joined(times.map((time) => time?.toISOString() ?? null))}}`;

export const textArray = (texts: readonly (string | null)[]): string =>
  `{${texts.map((text) => (text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`)).join()}}`;

/** Of bytes that are given in hexadecimal. */
export const byteaArray = (hexes: readonly string[]): string =>
  `{${hexes.map((hex) => `"\\\\x${hex}"`).join()}}`;

const joined = (values: readonly (number | string | null)[]) => values.map((value) => value ?? 'NULL').join();
