/**
 * What every answer of the REST API looks like, written down from the outside: a second statement of the
 * contract that shares no code with the product. Strict: a field too many is a failure as well.
 */
import { z } from 'zod';

export const fileSchema = z.strictObject({
  id: z.uuid(),
  path: z.string().min(1),
  sizeBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.string().includes('/'),
  status: z.enum(['stored', 'ready', 'failed']),
  failure: z.string().nullable(),
  encoding: z.enum(['identity', 'zstd']),
  storedBytes: z.int().min(0),
  version: z.int().min(1),
  modifiedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type StoredFile = z.infer<typeof fileSchema>;

export const userSchema = z.strictObject({ id: z.uuid(), email: z.string(), name: z.string().nullable() });

export const authSchema = z.strictObject({
  user: userSchema,
  accessToken: z.string().min(20),
  refreshToken: z.string().min(20),
  expiresAt: z.iso.datetime(),
});
export type Auth = z.infer<typeof authSchema>;

export const uploadSchema = z.strictObject({
  id: z.uuid(),
  url: z.url(),
  method: z.literal('PUT'),
  headers: z.record(z.string(), z.string()),
  chunkGranularityBytes: z.int().min(1),
  expiresAt: z.iso.datetime(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const openedSchema = z.strictObject({ upload: uploadSchema });
export const alreadyStoredSchema = z.strictObject({ file: fileSchema, alreadyStored: z.literal(true) });
export const completedSchema = z.strictObject({ file: fileSchema });
export const filesSchema = z.strictObject({ files: z.array(fileSchema) });
export const pageSchema = z.strictObject({ items: z.array(fileSchema), nextCursor: z.string().nullable() });
export const deletedSchema = z.strictObject({ id: z.uuid(), deletedAt: z.iso.datetime() });
export const versionsSchema = z.strictObject({
  items: z.array(
    fileSchema
      .omit({ id: true, path: true, version: true, updatedAt: true })
      .extend({ number: z.int().min(1), isCurrent: z.boolean() }),
  ),
  nextBefore: z.int().nullable(),
});
export const contentUrlSchema = z.strictObject({
  url: z.url(),
  expiresAt: z.iso.datetime(),
  encoding: z.enum(['identity', 'zstd']),
  offset: z.int().min(0),
  storedBytes: z.int().min(0),
  sizeBytes: z.int().min(0),
  sha256: z.string(),
});
export const trashSchema = z.strictObject({
  items: z.array(fileSchema.extend({ deletedAt: z.iso.datetime(), purgedFrom: z.iso.datetime() })),
  nextCursor: z.string().nullable(),
});
export const countSchema = z.strictObject({ files: z.int().min(0) });
export const deletedFolderSchema = countSchema.extend({ deletedAt: z.iso.datetime() });
export const emptySchema = z.strictObject({});

const amountSchema = z.strictObject({ files: z.int().min(0), sizeBytes: z.int().min(0) });
export const usageSchema = z.strictObject({
  files: z.int().min(0),
  sizeBytes: z.int().min(0),
  storedBytes: z.int().min(0),
  trash: amountSchema,
  quota: z.strictObject({ usedBytes: z.int().min(0), limitBytes: z.int().nullable() }),
  byStatus: z.strictObject({ stored: amountSchema, ready: amountSchema, failed: amountSchema }),
  compressing: z.array(
    z.strictObject({ path: z.string(), sizeBytes: z.int(), doneBytes: z.int().nullable() }),
  ),
});

/** `{code, message, issues?}` and nothing else. */
export const errorSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]+$/),
  message: z.string().min(1),
  issues: z
    .array(z.strictObject({ path: z.array(z.union([z.string(), z.number()])), message: z.string().min(1) }))
    .min(1)
    .optional(),
  suggestedPath: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorSchema>;
