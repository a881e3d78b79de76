import { contentTypeSchema } from '@instashare/contracts';
import { create as contentDisposition } from 'content-disposition';
import { z } from 'zod';

export const dispositionSchema = z.enum(['attachment', 'inline']).default('attachment');

/** What a browser shows without running anything of it: no SVG, no HTML, no PDF, no XML. */
const SHOWN_INLINE =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp|heic|heif|x-icon|vnd\.microsoft\.icon)|audio\/[\w.+-]+|video\/[\w.+-]+|text\/plain)\s*(?:;|$)/i;

export const isShownInline = (contentType: string): boolean => SHOWN_INLINE.test(servedType(contentType));

/** Some were stored that break a header: with one of those no download would come to anything. */
const servedType = (contentType: string): string =>
  contentTypeSchema.safeParse(contentType).success ? contentType : 'application/octet-stream';

/**
 * The headers of a content whatever part of it is sent. Nothing that was uploaded may run or be sniffed in our
 * origin: it is an attachment, unless it was asked for inline and is of a kind that can do no harm there.
 */
export function contentHeaders(content: {
  readonly path: string;
  readonly contentType: string;
  readonly disposition: z.infer<typeof dispositionSchema>;
}): Record<string, string> {
  const { path, contentType, disposition } = content;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const type = disposition === 'inline' && isShownInline(contentType) ? 'inline' : 'attachment';
  return {
    'accept-ranges': 'bytes',
    'content-disposition': contentDisposition(name, { type }),
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': servedType(contentType),
    'x-content-type-options': 'nosniff',
  };
}
