import { askForRecount } from './ask-for-recount.ts';
import { completeForgottenUploads } from './complete-forgotten-uploads.ts';
import { deleteDueObjects } from './delete-due-objects.ts';
import { failMissingObjects } from './fail-missing-objects.ts';
import { forgetAttempts } from './forget-attempts.ts';
import { forgetIdempotencyKeys } from './forget-idempotency-keys.ts';
import { pruneChanges } from './prune-changes.ts';
import { pruneVersions } from './prune-versions.ts';
import { purgeOldTrash } from './purge-old-trash.ts';
import { removeDeletedAccounts } from './remove-deleted-accounts.ts';
import { removeExpiredSessions } from './remove-expired-sessions.ts';
import { removeOldAudit } from './remove-old-audit.ts';
import { removeOldDeliveries } from './remove-old-deliveries.ts';
import { removeOverUploads } from './remove-over-uploads.ts';
import { removeStrayObjects } from './remove-stray-objects.ts';
import { removeStrayUploads } from './remove-stray-uploads.ts';
import { removeUnlinkedBlobs } from './remove-unlinked-blobs.ts';
import { repackSparseObjects } from './repack-sparse-objects.ts';
import { requeueDeliveries } from './requeue-deliveries.ts';
import { requeueLostBlobs } from './requeue-lost-blobs.ts';
import type { SweepStep } from './sweep-context.ts';

/** By what is counted of each. Each obeys `isDryRun`: a test compares everything before and after. */
export type SweepSteps = Readonly<Record<string, SweepStep>>;

/**
 * What every sweep does, in this order: an upload that can be completed must not be removed, and those of a deleted
 * account expire first.
 */
export const REGULAR_STEPS: SweepSteps = {
  requeuedBlobs: requeueLostBlobs,
  requeuedDeliveries: requeueDeliveries,
  completedUploads: completeForgottenUploads,
  removedAccounts: removeDeletedAccounts,
  removedUploads: removeOverUploads,
  purgedFiles: purgeOldTrash,
  prunedVersions: pruneVersions,
  removedBlobs: removeUnlinkedBlobs,
  deletedObjects: deleteDueObjects,
  askedForRecount: askForRecount,
};

/** Now and then: they compare what is in the store with what is in the database, page by page. */
export const AUDIT_STEPS: SweepSteps = {
  prunedChanges: pruneChanges,
  removedSessions: removeExpiredSessions,
  removedAuditEvents: removeOldAudit,
  removedDeliveries: removeOldDeliveries,
  forgottenAttempts: forgetAttempts,
  forgottenKeys: forgetIdempotencyKeys,
  strayObjects: removeStrayObjects,
  strayUploads: removeStrayUploads,
  missingObjects: failMissingObjects,
  repackedObjects: repackSparseObjects,
};
