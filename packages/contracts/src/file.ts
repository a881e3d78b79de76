import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_FILE_BYTES, MAX_PAGE_SIZE } from './limits.ts';
import { filePathSchema, pathPrefixSchema } from './path.ts';
import { ifVersionInQuery, ifVersionSchema } from './version-number.ts';

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'sha256 must be 64 lower-case hexadecimal digits')
  .meta({ example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });

export const sizeBytesSchema = z.number().int().min(0).max(MAX_FILE_BYTES);

/** A media type as HTTP writes it: no control characters, so it can't break a header. */
export const contentTypeSchema = z
  .string()
  .max(255)
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\x20-\x7e]*)?$/, 'must be a media type such as image/png')
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
    path: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    contentType: z.string(),
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

export const fileIdInputSchema = z.object({ id: z.uuid() });
export type FileIdInput = z.infer<typeof fileIdInputSchema>;

export const listFilesInputSchema = z.object({
  prefix: pathPrefixSchema.optional(),
  status: fileStatusSchema.optional().meta({ description: 'Only files in this state.' }),
  cursor: z.string().max(4096).optional().meta({ description: '`nextCursor` of the page before.' }),
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
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
  id: z.uuid(),
  path: filePathSchema.meta({ description: 'The path afterwards.' }),
  ifVersion: ifVersionSchema().optional(),
});
export type MoveFileInput = z.infer<typeof moveFileInputSchema>;

export const deleteFileInputSchema = z.object({ id: z.uuid(), ifVersion: ifVersionInQuery().optional() });
export type DeleteFileInput = z.infer<typeof deleteFileInputSchema>;

export const deleteFileResultSchema = z.object({ id: z.uuid(), deletedAt: z.iso.datetime() });
export type DeleteFileResult = z.infer<typeof deleteFileResultSchema>;
