import { z } from 'zod';
import { encodingSchema, fileIdSchema, fileStatusSchema } from './file.ts';
import { limitSchema } from './page.ts';
import { ifVersionSchema, versionNumberSchema } from './version-number.ts';

export const versionSchema = z
  .object({
    number: z.number().int(),
    isCurrent: z.boolean(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    contentType: z.string().meta({ example: 'image/jpeg' }),
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
  id: fileIdSchema,
  before: versionNumberSchema().optional().meta({
    description: 'Only versions older than this number: `nextBefore` of the page before.',
  }),
  limit: limitSchema(),
});
export type ListVersionsInput = z.infer<typeof listVersionsInputSchema>;

export const listVersionsResultSchema = z.object({
  items: z.array(versionSchema),
  nextBefore: z.number().int().nullable().meta({ description: 'null on the last page.' }),
});
export type ListVersionsResult = z.infer<typeof listVersionsResultSchema>;

export const restoreVersionInputSchema = z.object({
  id: fileIdSchema,
  version: versionNumberSchema(),
  ifVersion: ifVersionSchema().optional(),
});
export type RestoreVersionInput = z.infer<typeof restoreVersionInputSchema>;
