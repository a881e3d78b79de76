import { z } from 'zod';
import { contentTypeSchema, encodingSchema, fileStatusSchema } from './file.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';

/** A schema for each place: what reads queries makes numbers of texts, and must not do so for bodies. */
export const versionNumberSchema = () =>
  z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .meta({ description: 'Number of a version of the file, from 1.' });

/** What a write expects the file to be: a retry of a write that went through is fine all the same. */
export const ifVersionSchema = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .meta({
    description:
      'Go on only if this is the number of the current version of the file at the path; 0: only if there is ' +
      'no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same.',
  });

export const versionSchema = z
  .object({
    number: z.number().int(),
    isCurrent: z.boolean(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    contentType: contentTypeSchema,
    status: fileStatusSchema,
    failure: z.string().nullable(),
    encoding: encodingSchema,
    storedBytes: z.number().int(),
    modifiedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Version' });
export type VersionDto = z.infer<typeof versionSchema>;

export const listVersionsInputSchema = z.object({
  id: z.uuid(),
  before: versionNumberSchema().optional().meta({
    description: 'Only versions older than this number: `nextBefore` of the page before.',
  }),
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});
export type ListVersionsInput = z.infer<typeof listVersionsInputSchema>;

export const listVersionsResultSchema = z.object({
  items: z.array(versionSchema),
  nextBefore: z.number().int().nullable().meta({ description: 'null on the last page.' }),
});
export type ListVersionsResult = z.infer<typeof listVersionsResultSchema>;

export const restoreVersionInputSchema = z.object({
  id: z.uuid(),
  version: versionNumberSchema(),
  ifVersion: ifVersionSchema.optional(),
});
export type RestoreVersionInput = z.infer<typeof restoreVersionInputSchema>;
