import { errors } from '@instashare/backend/errors';

/** Until when something works that is made now; null: for ever. */
export function toExpiry(expiresAt: string | undefined, now: Date): Date | null {
  if (expiresAt === undefined) return null;
  const time = new Date(expiresAt);
  if (time <= now) throw errors.invalidField('expiresAt', 'expiresAt must lie in the future');
  return time;
}
