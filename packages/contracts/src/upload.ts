import { z } from 'zod';
import { contentTypeSchema, fileSchema, sha256Schema, sizeBytesSchema } from './file.ts';
import { filePathSchema } from './path.ts';
import { ifVersionSchema } from './version-number.ts';

const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Any time is only data, but it must be one that can be written down again: of the years 1 to 9999 in UTC. */
export const modifiedAtSchema = z.iso.datetime({ offset: true }).refine(
  (text) => {
    const time = Date.parse(text);
    // What is no time at all has been refused above.
    return Number.isNaN(time) || (time >= EARLIEST && time <= LATEST);
  },
  { message: 'must be a time in the years 1 to 9999 in UTC' },
);

export const createUploadInputSchema = z.object({
  path: filePathSchema,
  sizeBytes: sizeBytesSchema,
  sha256: sha256Schema.optional().meta({
    description: 'Give it here and content you already have is linked at once; or give it at completion.',
  }),
  modifiedAt: modifiedAtSchema.optional(),
  contentType: contentTypeSchema.optional().meta({ description: 'Guessed from the path when left out.' }),
  ifVersion: ifVersionSchema().optional(),
});
export type CreateUploadInput = z.infer<typeof createUploadInputSchema>;

/** An upload session: where and how to PUT the bytes. The url is a secret while the session lives. */
export const uploadSessionSchema = z
  .object({
    id: z.uuid(),
    url: z.string().meta({ example: 'http://127.0.0.1:8321/storage/uploads/…?expires=…&signature=…' }),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()).meta({ description: 'Send these with every PUT.' }),
    chunkGranularityBytes: z.number().int().meta({
      example: 262_144,
      description: 'When sending in chunks, every chunk but the last is a multiple of this many bytes.',
    }),
    expiresAt: z.iso.datetime(),
    comparesCrc32c: z.literal(true).optional().meta({
      description: 'The store keeps a crc32c of what it received: give that of your bytes at completion.',
    }),
  })
  .meta({ id: 'UploadSession' });
export type UploadSession = z.infer<typeof uploadSessionSchema>;

export const alreadyStoredSchema = z.object({ file: fileSchema, alreadyStored: z.literal(true) });

/** A session to send the bytes to, which is tried first as it is nearly always that; or the content was known and the file stands already. */
export const createUploadResultSchema = z.union([
  z.object({ upload: uploadSessionSchema }),
  alreadyStoredSchema,
]);
export type CreateUploadResult = z.infer<typeof createUploadResultSchema>;

const uploadIdSchema = z.uuid().meta({ description: 'Id of the upload session.' });

export const uploadIdInputSchema = z.object({ id: uploadIdSchema });
export type UploadIdInput = z.infer<typeof uploadIdInputSchema>;

export const uploadResultSchema = z.object({ upload: uploadSessionSchema });
export type UploadResult = z.infer<typeof uploadResultSchema>;

/** As Google Cloud Storage writes it. */
const crc32cSchema = z
  .string()
  .regex(/^[A-Za-z0-9+/]{5}[AQgw]==$/, 'must be the base64 of 4 bytes, the highest first')
  .meta({ example: 'yZRlqg==' });

export const completeUploadInputSchema = z.object({
  id: uploadIdSchema,
  sha256: sha256Schema.optional(),
  crc32c: crc32cSchema.optional().meta({
    description: 'Compared with what the store received, when the session says `comparesCrc32c`.',
  }),
  ifVersion: ifVersionSchema().optional().meta({ description: 'In place of the one given at creation.' }),
});
export type CompleteUploadInput = z.infer<typeof completeUploadInputSchema>;

export const completeUploadResultSchema = z.object({ file: fileSchema });
export type CompleteUploadResult = z.infer<typeof completeUploadResultSchema>;

/** Answer of `POST /upload_files`, in the order of the parts. */
export const uploadFilesResultSchema = z.object({ files: z.array(fileSchema) });
export type UploadFilesResult = z.infer<typeof uploadFilesResultSchema>;
