import type { Config } from '@instashare/backend/config';
import type { Database } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import type { UploadMeter } from '@instashare/backend/monitoring';
import type { CompressionBuffer, JobQueue } from '@instashare/backend/queue';
import type { ObjectStore, SignedUrlVerifier, UploadReceiver } from '@instashare/backend/storage';
import type { SeenObjects } from '@instashare/backend/versions';
import type { AccessTokens } from '../auth/access-tokens.ts';
import type { AdminSessions } from '../auth/admin-sessions.ts';
import type { AnswerSeals } from '../auth/answer-seals.ts';
import type { AttemptLimiter } from '../auth/attempt-limiter.ts';
import type { CredentialLookUps } from '../auth/credential-look-ups.ts';
import type { RefreshTokens } from '../auth/refresh-tokens.ts';
import type { ShareUnlocks } from '../auth/share-links.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { FiguresReader } from './admin/server-figures.ts';
import type { OpenTogether } from './open-together.ts';

/** Everything the use cases are made of. Each names the part it uses by `Pick`. */
export interface Dependencies {
  readonly config: Config;
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly seenObjects: SeenObjects;
  /** null when clients send their bytes to a cloud store and none pass through the api. */
  readonly uploadReceiver: UploadReceiver | null;
  /** null when signed addresses of objects lead to a cloud store. */
  readonly readUrls: SignedUrlVerifier | null;
  readonly jobs: Pick<
    JobQueue,
    | 'activeCompressions'
    | 'backlog'
    | 'enqueue'
    | 'enqueueAnew'
    | 'listJobs'
    | 'retryAllFailed'
    | 'retryFailed'
  >;
  /** Who follows whose events in this process. */
  readonly live: Pick<LiveHub, 'open' | 'stop'>;
  /** Where blobs whose rows are committed ask to be compressed. */
  readonly compressions: Pick<CompressionBuffer, 'add' | 'receiving'>;
  /** Told of what was stored; null when nobody reads the figures. */
  readonly uploadMeter: UploadMeter | null;
  /** What the server holds, for its admins. */
  readonly serverFigures: FiguresReader;
  readonly accessTokens: AccessTokens;
  readonly adminSessions: AdminSessions;
  /** What of that lets somebody in as of now. */
  readonly credentials: CredentialLookUps;
  readonly openTogether: OpenTogether;
  readonly answerSeals: AnswerSeals;
  readonly attempts: AttemptLimiter;
  readonly refreshTokens: RefreshTokens;
  readonly shareUnlocks: ShareUnlocks;
  readonly log: Log;
  readonly now: () => Date;
  /** A new id: UUIDv7, so that rows made one after the other lie side by side in the indexes. */
  readonly newId: () => string;
}
