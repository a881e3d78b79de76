import { createHash } from 'node:crypto';

/** What is stored of a share link, and what it is looked up by: of its last part. In hexadecimal. */
export const sha256OfShareToken = (token: string): string => createHash('sha256').update(token).digest('hex');
