import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '@instashare/backend/secrets';
import { deriveKey } from './access-tokens.ts';

const SECRET_BYTES = 16;

/** The part of a new share link that nobody guesses: 128 random bits. */
export const makeShareToken = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** The share that was unlocked; another password makes another one of it. */
export interface Unlockable {
  readonly id: string;
  readonly passwordHash: string;
}

/** What somebody keeps who gave the password of a share: good for a time, and for this share with this password. */
export interface ShareUnlocks {
  make(share: Unlockable, expiresAt: Date): string;
  isValid(unlock: string, share: Unlockable, now: Date): boolean;
}

export function createShareUnlocks(secret: string): ShareUnlocks {
  const key = deriveKey(secret, 'share-unlock');
  const sign = ({ id, passwordHash }: Unlockable, expiresMs: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([id, passwordHash, expiresMs]))
      .digest('base64url');
  return {
    make(share, expiresAt) {
      const expiresMs = String(expiresAt.getTime());
      return `${expiresMs}.${sign(share, expiresMs)}`;
    },
    isValid(unlock, share, now) {
      const [, expiresMs = '', signature = ''] = /^(\d{1,16})\.([\w-]{43})$/.exec(unlock) ?? [];
      if (expiresMs === '' || Number(expiresMs) <= now.getTime()) return false;
      return isSameSecret(signature, sign(share, expiresMs));
    },
  };
}
