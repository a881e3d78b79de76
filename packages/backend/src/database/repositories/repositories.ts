import type { EntityManager } from 'typeorm';
import { AdminRepository } from './admin-repository.ts';
import { AttemptRepository } from './attempt-repository.ts';
import { AuditRepository } from './audit-repository.ts';
import { BlobRepository } from './blob-repository.ts';
import { ChangeRepository } from './change-repository.ts';
import { DeletedAccountRepository } from './deleted-account-repository.ts';
import { ExportRepository } from './export-repository.ts';
import { FileRepository } from './file-repository.ts';
import { FolderRepository } from './folder-repository.ts';
import { IdempotencyRepository } from './idempotency-repository.ts';
import { InstanceRepository } from './instance-repository.ts';
import { ObjectDeletionRepository } from './object-deletion-repository.ts';
import { PackRepository } from './pack-repository.ts';
import { ServerTotalsRepository } from './server-totals-repository.ts';
import { SessionRepository } from './session-repository.ts';
import { ShareRepository } from './share-repository.ts';
import { SweepCursorRepository } from './sweep-cursor-repository.ts';
import { TokenRepository } from './token-repository.ts';
import { TrashRepository } from './trash-repository.ts';
import { UnlinkedBlobRepository } from './unlinked-blob-repository.ts';
import { UploadRepository } from './upload-repository.ts';
import { UsageRepository } from './usage-repository.ts';
import { UserRepository } from './user-repository.ts';
import { VersionRepository } from './version-repository.ts';
import { WebhookDeliveryRepository } from './webhook-delivery-repository.ts';
import { WebhookRepository } from './webhook-repository.ts';

/**
 * All SQL of Instashare, over one connection pool or inside one transaction. `onNews` is called with every user
 * of whom others are to be told, when this is committed, that there is something new.
 */
export function createRepositories(manager: EntityManager, onNews: (userId: string) => void) {
  return {
    admin: new AdminRepository(manager),
    attempts: new AttemptRepository(manager),
    audit: new AuditRepository(manager),
    blobs: new BlobRepository(manager),
    changes: new ChangeRepository(manager, onNews),
    deletedAccounts: new DeletedAccountRepository(manager),
    exports: new ExportRepository(manager),
    files: new FileRepository(manager),
    folders: new FolderRepository(manager),
    idempotencyKeys: new IdempotencyRepository(manager),
    instance: new InstanceRepository(manager),
    objectDeletions: new ObjectDeletionRepository(manager),
    packs: new PackRepository(manager),
    serverTotals: new ServerTotalsRepository(manager),
    sessions: new SessionRepository(manager, onNews),
    shares: new ShareRepository(manager),
    sweepCursors: new SweepCursorRepository(manager),
    tokens: new TokenRepository(manager, onNews),
    trash: new TrashRepository(manager),
    unlinkedBlobs: new UnlinkedBlobRepository(manager),
    uploads: new UploadRepository(manager),
    usage: new UsageRepository(manager),
    users: new UserRepository(manager),
    versions: new VersionRepository(manager),
    webhookDeliveries: new WebhookDeliveryRepository(manager),
    webhooks: new WebhookRepository(manager),
  };
}

export type Repositories = ReturnType<typeof createRepositories>;
