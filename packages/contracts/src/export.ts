import { z } from 'zod';
import { userSchema } from './account.ts';
import { auditEventSchema } from './audit.ts';
import { sessionSchema } from './session.ts';
import { shareSchema } from './share.ts';
import { tokenSchema } from './token.ts';
import { versionSchema } from './version.ts';
import { webhookSchema } from './webhook.ts';

/** A line of `GET /account/export`. */
export const exportLineSchema = z
  .discriminatedUnion('type', [
    userSchema.extend({
      type: z.literal('account'),
      quotaBytes: z.number().int().nullable().meta({ description: 'null: it may hold as much as there is.' }),
      usedBytes: z.number().int(),
      createdAt: z.iso.datetime(),
    }),
    sessionSchema.extend({ type: z.literal('session') }),
    tokenSchema.extend({ type: z.literal('token') }),
    shareSchema.extend({ type: z.literal('share') }),
    webhookSchema.extend({ type: z.literal('webhook') }),
    versionSchema.extend({
      type: z.literal('version'),
      fileId: z.uuid().meta({ description: 'With the number, by which the bytes are downloaded.' }),
      path: z.string(),
      deletedAt: z.iso.datetime().nullable().meta({ description: 'null: the file is not in the trash.' }),
    }),
    auditEventSchema.extend({ type: z.literal('audit_event') }),
    z.object({
      type: z.literal('end'),
      lines: z
        .number()
        .int()
        .meta({ description: 'How many came before. Without this one some are missing.' }),
    }),
  ])
  .meta({ id: 'ExportLine' });
export type ExportLine = z.infer<typeof exportLineSchema>;
