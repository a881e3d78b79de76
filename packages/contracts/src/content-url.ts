import { z } from 'zod';
import { encodingSchema, fileIdSchema } from './file.ts';
import { versionNumberSchema } from './version-number.ts';

export const contentUrlInputSchema = z.object({
  id: fileIdSchema,
  version: versionNumberSchema().optional().meta({ description: 'The current one when left out.' }),
});
export type ContentUrlInput = z.infer<typeof contentUrlInputSchema>;

/** Where the stored bytes of a content are, for a client that decodes them itself. */
export const contentUrlSchema = z
  .object({
    url: z.string().meta({
      example: 'http://127.0.0.1:8321/storage/objects/…?expires=…&signature=…',
      description:
        'A secret: whoever has it can GET the object until it expires. 404 means that the content has moved: ask again.',
    }),
    expiresAt: z.iso.datetime(),
    encoding: encodingSchema.meta({
      description: 'How the stored bytes encode the content: `zstd -d` decodes zstd.',
    }),
    offset: z
      .number()
      .int()
      .meta({
        description:
          'Where in the object the stored bytes begin: small contents share objects. Ask for `Range: ' +
          'bytes=offset-(offset+storedBytes-1)`.',
      }),
    storedBytes: z.number().int(),
    sizeBytes: z.number().int().meta({ description: 'Bytes of the content.' }),
    sha256: z.string().meta({ description: 'Of the content.' }),
  })
  .meta({ id: 'ContentUrl' });
export type ContentUrl = z.infer<typeof contentUrlSchema>;
