import { EntitySchema } from 'typeorm';
import { createdAt, hexBytes, id, userId } from './columns.ts';

/** One log-in on one device. */
export interface SessionEntityRow {
  readonly id: string;
  readonly userId: string;
  readonly deviceName: string | null;
  /** Where it was logged in from, and by which program; null where it was not written down. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Of the newest refresh token. */
  readonly refreshTokenSha256: string;
  /** How often the refresh token was rotated; the newest token carries this number. */
  readonly generation: number;
  readonly rotatedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** Of the admin pages, and good for nothing else. */
  readonly forAdmin: boolean;
  readonly createdAt: Date;
}

export const SessionEntity = new EntitySchema<SessionEntityRow>({
  name: 'session',
  tableName: 'sessions',
  columns: {
    id,
    userId,
    deviceName: { type: 'text', name: 'device_name', nullable: true },
    address: { type: 'text', nullable: true },
    userAgent: { type: 'text', name: 'user_agent', nullable: true },
    refreshTokenSha256: { type: 'bytea', name: 'refresh_token_sha256', transformer: hexBytes },
    generation: { type: 'integer', default: 0 },
    rotatedAt: { type: 'timestamptz', name: 'rotated_at' },
    lastSeenAt: { type: 'timestamptz', name: 'last_seen_at' },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true },
    forAdmin: { type: 'boolean', name: 'for_admin', default: false },
    createdAt,
  },
});
