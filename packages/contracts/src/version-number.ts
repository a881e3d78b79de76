import { z } from 'zod';

/** A schema for each place: what reads queries makes numbers of texts, and must not do so for bodies. */
export const versionNumberSchema = () =>
  z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .meta({ description: 'Number of a version of the file, from 1.' });

/**
 * What a write expects the file to be: a retry of a write that went through is fine all the same. A schema for
 * each place, as above.
 */
export const ifVersionSchema = () =>
  z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .meta({
      description:
        'Go on only if this is the number of the current version of the file at the path; 0: only if there is ' +
        'no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same.',
    });

/** The same as a query has it: as text. Nothing but a whole number is taken for one. */
export const ifVersionInQuery = () =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value),
    ifVersionSchema(),
  );
