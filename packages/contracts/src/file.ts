import { z } from 'zod';
import { MAX_FILE_BYTES } from './limits.ts';
import { limitSchema } from './page.ts';
import { filePathSchema, pathPrefixSchema } from './path.ts';
import { ifVersionInQuery, ifVersionSchema } from './version-number.ts';

const EXAMPLE_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'sha256 must be 64 lower-case hexadecimal digits')
  .meta({ example: EXAMPLE_SHA256 });

export const sizeBytesSchema = z.number().int().min(0).max(MAX_FILE_BYTES);

/** A media type as HTTP writes it: no control characters, so it can't break a header. */
export const contentTypeSchema = z
  .string()
  .max(255)
  .regex(
    /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+([ \t]*;[ \t]*[\x20-\x7e]*)?$/,
    'must be a media type such as image/png',
  )
  .meta({ example: 'image/jpeg' });

/**
 * Where a file's content is in its life: `stored` is durable, listed and downloadable; `ready` has also been
 * verified and compressed (or found not worth compressing); `failed` did not match its sha256, or the worker
 * gave up.
 */
export const fileStatusSchema = z.enum(['stored', 'ready', 'failed']);
export type FileStatus = z.infer<typeof fileStatusSchema>;

/** How the stored object encodes the content: as it is, or as zstd frames. */
export const encodingSchema = z.enum(['identity', 'zstd']);
export type Encoding = z.infer<typeof encodingSchema>;

export const fileSchema = z
  .object({
    id: z.uuid(),
    path: z.string().meta({ example: 'photos/2026/beach.jpg' }),
    sizeBytes: z.number().int().meta({ example: 482_113 }),
    sha256: z.string().meta({ description: 'Of the content.', example: EXAMPLE_SHA256 }),
    contentType: z.string().meta({ example: 'image/jpeg' }),
    status: fileStatusSchema,
    failure: z.string().nullable().meta({ description: 'Why it is `failed`; null when it is not.' }),
    encoding: encodingSchema,
    storedBytes: z.number().int().meta({ description: 'Bytes the content takes in the object store.' }),
    version: z.number().int().meta({ description: 'Number of the current version, from 1.' }),
    modifiedAt: z.iso.datetime().nullable().meta({ description: 'As the uploader gave it; only data.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'File' });
export type FileDto = z.infer<typeof fileSchema>;

/** Id of a file as it is asked for. */
export const fileIdSchema = z.uuid().meta({ description: 'Id of the file.' });

export const fileIdInputSchema = z.object({ id: fileIdSchema });
export type FileIdInput = z.infer<typeof fileIdInputSchema>;

export const listFilesInputSchema = z.object({
  prefix: pathPrefixSchema.optional(),
  status: fileStatusSchema.optional().meta({ description: 'Only files in this state.' }),
  cursor: z.string().max(4096).optional().meta({ description: '`nextCursor` of the page before.' }),
  limit: limitSchema(),
});
export type ListFilesInput = z.infer<typeof listFilesInputSchema>;

export const listFilesResultSchema = z.object({
  items: z.array(fileSchema),
  nextCursor: z.string().nullable().meta({ description: 'null on the last page.' }),
});
export type ListFilesResult = z.infer<typeof listFilesResultSchema>;

export const fileByPathInputSchema = z.object({ path: filePathSchema });
export type FileByPathInput = z.infer<typeof fileByPathInputSchema>;

export const moveFileInputSchema = z.object({
  id: fileIdSchema,
  path: filePathSchema.meta({ description: 'The path afterwards.' }),
  ifVersion: ifVersionSchema().optional(),
});
export type MoveFileInput = z.infer<typeof moveFileInputSchema>;

export const deleteFileInputSchema = z.object({ id: fileIdSchema, ifVersion: ifVersionInQuery().optional() });
export type DeleteFileInput = z.infer<typeof deleteFileInputSchema>;

export const deleteFileResultSchema = z.object({ id: z.uuid(), deletedAt: z.iso.datetime() });
export type DeleteFileResult = z.infer<typeof deleteFileResultSchema>;
