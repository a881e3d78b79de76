import { createHash, randomBytes } from 'node:crypto';
import { TOKEN_PREFIX } from '@instashare/contracts';

const SECRET_BYTES = 32;

/** A new personal access token: 256 random bits, so that a plain hash of it is as good as the token is long. */
export const makePersonalAccessToken = (): string =>
  `${TOKEN_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;

export const isPersonalAccessToken = (token: string): boolean => token.startsWith(TOKEN_PREFIX);

/**
 * What is stored of a token, and what it is looked up by. The time of that look-up may tell how much of a hash is
 * right, which tells nothing of the token that has it.
 */
export const sha256OfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
