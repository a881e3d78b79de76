import type { Readable } from 'node:stream';
import { errors } from '@instashare/backend/errors';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { countShareDownload } from '../services/count-share-download.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { endWithShare } from '../services/end-with-share.ts';
import { findSharedFile } from '../services/find-shared-file.ts';
import { openFileContent } from '../services/open-file-content.ts';
import { zipFolder } from '../services/zip-folder.ts';
import { abortSignalOf } from './abort-signal.ts';
import { contentHeaders, dispositionSchema, isShownInline } from './content-headers.ts';
import { checkPreconditions } from './preconditions.ts';
import { requestedRange } from './requested-range.ts';

type Used = Pick<Dependencies, 'database' | 'now' | 'objects'>;
type Share = Parameters<typeof findSharedFile>[1];

const querySchema = z.object({ disposition: dispositionSchema });

/**
 * One file. Where downloads are limited each request is one, and there are no ranges: the second half of a file would
 * be a download that nobody counted. Where they are not, what only shows a file, or goes on with it, is not counted.
 */
export async function serveSharedFile(
  deps: Used,
  { share, fileId }: { readonly share: Share; readonly fileId: string | null },
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<FastifyReply> {
  const { disposition } = querySchema.parse(request.query);
  const version = await findSharedFile(deps, share, fileId);
  const { sizeBytes, path, contentType } = version;
  const isLimited = share.maxDownloads !== null;
  const validators = {
    etag: `"${version.sha256}"`,
    modifiedAt: version.createdAt,
    isDateExact: !version.sharesSecond,
  };
  const condition = checkPreconditions(request.headers, validators);
  if (condition === 'failed') throw errors.contentChanged();
  const described = { etag: validators.etag, 'last-modified': version.createdAt.toUTCString() };
  // Whoever has it already is given nothing.
  if (condition === 'not_modified') return reply.code(304).headers(described).send();
  const isGet = request.method === 'GET';
  const range = isGet && !isLimited ? requestedRange(request.headers, { ...validators, sizeBytes }) : null;
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${sizeBytes}`);
    throw errors.rangeNotSatisfiable(sizeBytes);
  }
  const isPreview = disposition === 'inline' && isShownInline(contentType);
  const isCounted = isLimited || (!isPreview && (range?.offset ?? 0) === 0);
  const part = range ?? { offset: 0, lengthBytes: sizeBytes };
  const body = isGet
    ? endWithShare(
        deps,
        share,
        await openFileContent(deps, version, { ...part, signal: abortSignalOf(reply) }),
      )
    : undefined;
  if (body !== undefined && isCounted) await countOpened(deps, share, body);
  void reply.headers(contentHeaders({ path, contentType, disposition }));
  void reply.headers({ ...described, 'content-length': part.lengthBytes });
  if (isLimited) void reply.header('accept-ranges', 'none');
  if (range !== null) {
    const last = range.offset + range.lengthBytes - 1;
    void reply.code(206).header('content-range', `bytes ${range.offset}-${last}/${sizeBytes}`);
  }
  return reply.send(body);
}

/** A folder as one zip, which is one download. */
export async function serveSharedZip(deps: Used, share: Share, reply: FastifyReply): Promise<FastifyReply> {
  const { folder, userId } = share;
  if (folder === null) throw errors.shareNotFound();
  const zip = endWithShare(
    deps,
    share,
    await zipFolder(deps, { userId, folder, signal: abortSignalOf(reply) }),
  );
  await countOpened(deps, share, zip);
  const name = folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1);
  void reply.headers({
    'content-disposition': contentDisposition(`${name}.zip`),
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': 'application/zip',
  });
  return reply.send(zip);
}

/** Only what is open by now: a store that is away for a moment must not use up a download. */
async function countOpened(deps: Used, share: Share, content: Readable): Promise<void> {
  try {
    await countShareDownload(deps, share);
  } catch (error) {
    // The answer is another one, and so nothing else frees it.
    content.destroy();
    throw error;
  }
}
