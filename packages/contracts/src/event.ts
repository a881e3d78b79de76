import { z } from 'zod';
import { fileSchema } from './file.ts';
import { DEFAULT_WAIT_SECONDS, MAX_WAIT_SECONDS } from './limits.ts';
import { limitSchema } from './page.ts';
import { pathPrefixSchema } from './path.ts';

/**
 * `created`, `updated`: content was uploaded, or an old version made current again. `ready`, `failed`: what the
 * worker found of the content. `moved`: another path. `deleted`: into the trash; `restored`: out of it; `purged`:
 * out of it for good.
 */
const changeKindSchema = z.enum([
  'created',
  'updated',
  'ready',
  'failed',
  'moved',
  'deleted',
  'restored',
  'purged',
]);

/** Where a reader of the changes stands: everything up to there has been told. */
export const changeCursorSchema = z
  .string()
  .regex(/^\d{1,15}$/, 'must be the id of an event, or a cursor that was answered')
  .meta({ example: '1024' });

export const changeEventSchema = z
  .object({
    id: changeCursorSchema.meta({ description: 'Go on from here: the cursor behind this change.' }),
    kind: changeKindSchema,
    fileId: z.uuid(),
    path: z.string().meta({ description: 'Where the file is now; of one that is gone, where it was.' }),
    previousPath: z.string().nullable().meta({
      description: 'Where it was before a `moved`, or before it was deleted when `restored` elsewhere.',
    }),
    changedAt: z.iso.datetime(),
    file: fileSchema.nullable().meta({
      description:
        'The file as it is when this is sent, which may be later than the change; null while it is in the trash, ' +
        'or gone.',
    }),
  })
  .meta({ id: 'ChangeEvent' });
export type ChangeEvent = z.infer<typeof changeEventSchema>;

/** How far a file's content is compressed. Only for show: it is not repeated to who was away. */
export const progressEventSchema = z
  .object({
    kind: z.literal('progress'),
    fileId: z.uuid(),
    path: z.string(),
    sizeBytes: z.number().int(),
    doneBytes: z.number().int(),
  })
  .meta({ id: 'ProgressEvent' });
export type ProgressEvent = z.infer<typeof progressEventSchema>;

/**
 * Nothing happened; it says where the stream stands. The first of a stream, and then every few seconds, so that a
 * connection that died is told from one on which nothing happens.
 */
export const cursorEventSchema = z
  .object({ kind: z.literal('cursor'), id: changeCursorSchema })
  .meta({ id: 'CursorEvent' });
export type CursorEvent = z.infer<typeof cursorEventSchema>;

/** What comes on a stream of events. */
export const liveEventSchema = z.discriminatedUnion('kind', [
  changeEventSchema,
  progressEventSchema,
  cursorEventSchema,
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;

export const subscribeInputSchema = z.object({
  lastEventId: changeCursorSchema.optional().meta({
    description: 'Begin behind this event: nothing after it is missed. Begin now when left out.',
  }),
  pathPrefix: pathPrefixSchema.optional().meta({
    description: 'Only events of files whose path, or whose path before, starts with this text.',
  }),
});
export type SubscribeInput = z.infer<typeof subscribeInputSchema>;

export const listChangesInputSchema = z.object({
  cursor: changeCursorSchema.optional().meta({
    description:
      '`cursor` of the answer before, or the id of an event. Without one the answer is only where the changes ' +
      'stand now: ask for that first, then list the files, then ask for the changes since.',
  }),
  pathPrefix: subscribeInputSchema.shape.pathPrefix,
  limit: limitSchema(),
  waitSeconds: z.number().int().min(0).max(MAX_WAIT_SECONDS).default(DEFAULT_WAIT_SECONDS).meta({
    description: 'How long the answer may wait for a change when there is none.',
  }),
});
export type ListChangesInput = z.infer<typeof listChangesInputSchema>;

export const listChangesResultSchema = z.object({
  items: z.array(changeEventSchema),
  cursor: changeCursorSchema.meta({ description: 'Ask with it for what comes after.' }),
  hasMore: z.boolean().meta({ description: 'More is there already.' }),
});
export type ListChangesResult = z.infer<typeof listChangesResultSchema>;
