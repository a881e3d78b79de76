import { z } from 'zod';
import { errorBodySchema } from './error.ts';
import { contentTypeSchema, fileSchema, sha256Schema } from './file.ts';
import { MAX_BUNDLE_FILES, MAX_BUNDLED_FILE_BYTES } from './limits.ts';
import { modifiedAtSchema } from './upload.ts';
import { ifVersionSchema } from './version-number.ts';

/** One file of a bundle. What is wrong with its path is said in its own result; its size frames the bytes. */
export const bundleEntrySchema = z.object({
  path: z.string(),
  sizeBytes: z.number().int().min(0).max(MAX_BUNDLED_FILE_BYTES),
  sha256: sha256Schema,
  modifiedAt: modifiedAtSchema.optional(),
  contentType: contentTypeSchema.optional(),
  linkOnly: z.boolean().optional().meta({
    description:
      'True: the content is not in the body. What the account has already is linked; else the result is `content_unknown`.',
  }),
  ifVersion: ifVersionSchema()
    .optional()
    .meta({
      description:
        'Store it only if this is the number of the current version of the file at the path; 0: only if there is no ' +
        'file. Otherwise the result is `version_mismatch`. A repetition of what went through is fine all the same.',
    }),
});
export type BundleEntry = z.infer<typeof bundleEntrySchema>;

export const bundleManifestSchema = z.object({
  entries: z.array(bundleEntrySchema).min(1).max(MAX_BUNDLE_FILES),
});
export type BundleManifest = z.infer<typeof bundleManifestSchema>;

/** What came of one entry: the file as it is now, or why it was refused. */
export const bundleItemResultSchema = z.union([
  z.object({ file: fileSchema, alreadyStored: z.boolean() }),
  z.object({ error: errorBodySchema }),
]);
export type BundleItemResult = z.infer<typeof bundleItemResultSchema>;

/** Answer of `POST /bundles`, in the order of the entries. */
export const bundleResultSchema = z.object({ results: z.array(bundleItemResultSchema) });
export type BundleResult = z.infer<typeof bundleResultSchema>;
