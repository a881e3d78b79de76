import { z } from 'zod';
import { nextCursorSchema, pageInputSchema } from './page.ts';

/** What is written down of an account, and what it means. */
export const AUDIT_KINDS = {
  registered: 'The account was made.',
  logged_in: 'Somebody logged in.',
  log_in_failed:
    'Somebody tried to log in with a wrong password; or, where the details say `why`, with the right one where the account may not.',
  logged_out: 'A session was logged out.',
  session_revoked: 'A session was ended from another one.',
  other_sessions_revoked: 'All sessions but the one that asked were ended.',
  refresh_token_reused: 'A refresh token was used again: its session was ended.',
  password_changed: 'The password was changed.',
  password_reset: 'Who runs the server set another password, and all sessions were ended.',
  password_refused: 'A wrong password was given to change it or to delete the account.',
  token_created: 'A personal access token was made.',
  token_revoked: 'A personal access token was revoked.',
  account_exported: 'What is known of the account was asked for.',
  webhook_created: 'A webhook was made.',
  webhook_enabled: 'A webhook that was disabled was put in use again.',
  webhook_disabled: 'A webhook was disabled, since it had failed for days.',
  webhook_deleted: 'A webhook was deleted.',
  share_created: 'A share link was made.',
  share_revoked: 'A share link was revoked.',
  file_deleted: 'A file was put into the trash.',
  files_deleted: 'Several files were put into the trash.',
  folder_deleted: 'A folder was put into the trash.',
  file_purged: 'A file was removed for good.',
  files_purged: 'Several files were removed for good.',
  trash_emptied: 'The trash was emptied.',
  quota_changed: 'Who runs the server changed what the account may hold.',
  admin_granted: 'Who runs the server made the account an admin.',
  admin_withdrawn: 'Who runs the server made the account no admin any more.',
  admin_logged_in: 'Somebody logged in to the admin pages.',
  admin_set_quota: 'What another account may hold was changed on the admin pages.',
  admin_retried_jobs: 'Jobs that had failed were put into the queue again on the admin pages.',
} as const satisfies Record<string, string>;

export type AuditKind = keyof typeof AUDIT_KINDS;

// Object.keys loses the key type; the object above is const, so the keys are exactly these.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const auditKinds = Object.keys(AUDIT_KINDS) as [AuditKind, ...AuditKind[]];

export const auditDetailsSchema = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .meta({ description: 'What it was about, such as the path of a file or the name of a token.' });
export type AuditDetails = z.infer<typeof auditDetailsSchema>;

export const auditEventSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(auditKinds),
    createdAt: z.iso.datetime(),
    address: z.string().nullable().meta({ description: 'Address that the request came from.' }),
    device: z
      .string()
      .nullable()
      .meta({ description: 'Name of the session’s device, or of the token, that asked.' }),
    userAgent: z.string().nullable().meta({ description: 'Program that asked, as it names itself.' }),
    sessionId: z.uuid().nullable(),
    tokenId: z.uuid().nullable(),
    details: auditDetailsSchema,
  })
  .meta({ id: 'AuditEvent' });
export type AuditEventDto = z.infer<typeof auditEventSchema>;

export const listAuditInputSchema = pageInputSchema();
export const listAuditResultSchema = z.object({
  items: z.array(auditEventSchema),
  nextCursor: nextCursorSchema,
});
export type ListAuditResult = z.infer<typeof listAuditResultSchema>;
