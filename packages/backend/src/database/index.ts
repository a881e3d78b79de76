/**
 * The database: PostgreSQL through TypeORM. Entities and migrations say what the tables are; repositories own
 * all SQL and hand out plain rows. Rules that can be a constraint of the database are one.
 *
 * Knows no HTTP, no object store, no codecs; it never decides what should happen, only that it happens whole.
 */
export { type BackupSource, type NamedObject, openBackupSource } from './backup/open-backup-source.ts';
export { type BackupRows, inspectForRestore, restoreRows } from './backup/restore-rows.ts';
export { BACKUP_TABLES, type BackupTable, TABLES_LEFT_OUT } from './backup/tables.ts';
export { MIGRATION_NAMES } from './data-source-options.ts';
export { isDatabaseAway } from './driver-error.ts';
export type { BlobRow } from './entities/blob.ts';
export type { FileVersionRow } from './entities/file-version.ts';
export type { UploadRow, UploadState } from './entities/upload.ts';
export type { UserRow } from './entities/user.ts';
export { findStoreOwner } from './find-store-owner.ts';
export { migrate } from './migrate.ts';
export { createNewId } from './new-id.ts';
export {
  type Database,
  openDatabase,
  type PoolState,
  type TransactionOptions,
} from './open-database.ts';
export type { OnQuery } from './query-listeners.ts';
export type {
  AccountRow,
  AdminSessionRow,
  FailedBlobRow,
  VersionUse,
} from './repositories/admin-repository.ts';
export type { AuditEventRow } from './repositories/audit-repository.ts';
export type { NewBlob, ReadyBlob } from './repositories/blob-repository.ts';
export {
  type ChangeInFeed,
  type FeedPage,
  type NewChange,
  toPurgedChange,
} from './repositories/change-repository.ts';
export type { ContentColumns } from './repositories/content-columns.ts';
export type { ExportedVersionRow, ExportPlace } from './repositories/export-repository.ts';
export type { FileRow } from './repositories/file-columns.ts';
export type { ContentUse, FileAtVersion } from './repositories/file-repository.ts';
export type { Ownerless } from './repositories/object-deletion-repository.ts';
export type { PackUse } from './repositories/pack-repository.ts';
export type { Repositories } from './repositories/repositories.ts';
export type { ServerTotals } from './repositories/server-totals-repository.ts';
export type {
  ClaimedSession,
  ListedSession,
  LiveSession,
  SessionRow,
} from './repositories/session-repository.ts';
export type { ShareRow } from './repositories/share-repository.ts';
export type { TokenRow, WorkingToken } from './repositories/token-repository.ts';
export type { TrashedFileRow } from './repositories/trash-repository.ts';
export type { OpenedUpload } from './repositories/upload-repository.ts';
export type { Miscount } from './repositories/usage-repository.ts';
export type { ServedVersionRow, VersionRetention, VersionRow } from './repositories/version-repository.ts';
export type { DueDelivery, WebhookDeliveryRow } from './repositories/webhook-delivery-repository.ts';
export type { WebhookRow } from './repositories/webhook-repository.ts';
