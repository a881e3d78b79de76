import { createHmac, timingSafeEqual } from 'node:crypto';

export interface UploadUrls {
  /** An address under which bytes for this upload are taken until `expiresAt`. A secret. */
  sign(uploadId: string, expiresAt: Date): string;
  /** True when `query` carries a signature of ours for this upload that has not expired. Constant time. */
  verify(uploadId: string, query: Readonly<Record<string, unknown>>): boolean;
}

/** Signed addresses `<publicUrl>/storage/uploads/<uploadId>?expires=<epoch seconds>&signature=<base64url>`. */
export function createUploadUrls(options: {
  readonly publicUrl: string;
  readonly secret: string;
  readonly clock: () => Date;
}): UploadUrls {
  const { publicUrl, secret, clock } = options;

  // The first line keeps a signature made for another purpose with the same secret from passing here.
  const signatureOf = (uploadId: string, expires: string) =>
    createHmac('sha256', secret).update(`instashare upload url\n${uploadId}\n${expires}`).digest();

  return {
    sign(uploadId, expiresAt) {
      const expires = String(Math.ceil(expiresAt.getTime() / 1000));
      const signature = signatureOf(uploadId, expires).toString('base64url');
      return `${publicUrl}/storage/uploads/${uploadId}?expires=${expires}&signature=${signature}`;
    },

    verify(uploadId, { expires, signature }) {
      if (typeof expires !== 'string' || !/^\d{1,12}$/.test(expires)) return false;
      if (typeof signature !== 'string') return false;
      const given = Buffer.from(signature, 'base64url');
      const right = signatureOf(uploadId, expires);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
      return Number(expires) * 1000 > clock().getTime();
    },
  };
}
