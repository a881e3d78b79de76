import { z } from 'zod';
import { nextCursorSchema, pageInputSchema } from './page.ts';

/** One log-in on one device. */
export const sessionSchema = z
  .object({
    id: z.uuid(),
    deviceName: z.string().nullable(),
    address: z.string().nullable().meta({ description: 'Address that it was logged in from.' }),
    userAgent: z.string().nullable().meta({ description: 'Program that logged in, as it names itself.' }),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().meta({ description: 'Exact to the lifetime of an access token.' }),
    expiresAt: z.iso.datetime(),
    isCurrent: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
  })
  .meta({ id: 'Session' });
export type SessionDto = z.infer<typeof sessionSchema>;

export const listSessionsInputSchema = pageInputSchema();
export const listSessionsResultSchema = z.object({
  items: z.array(sessionSchema),
  nextCursor: nextCursorSchema,
});
export type ListSessionsResult = z.infer<typeof listSessionsResultSchema>;

export const sessionIdInputSchema = z.object({ id: z.uuid().meta({ description: 'Id of the session.' }) });
export type SessionIdInput = z.infer<typeof sessionIdInputSchema>;

export const endedSessionsSchema = z.object({
  sessions: z.number().int().meta({ description: 'How many sessions were ended.' }),
});
export type EndedSessions = z.infer<typeof endedSessionsSchema>;
