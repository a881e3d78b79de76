import { errors } from '@instashare/backend/errors';
import { BUNDLE_CONTENT_TYPE, type BundleItemResult, type BundleResult } from '@instashare/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { toErrorBody } from '../edge/to-app-error.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { type BundledFile, receiveBundle } from '../services/receive-bundle.ts';
import { abortSignalOf } from './abort-signal.ts';
import { principalOf } from './guard-routes.ts';
import { ANY_LENGTH } from './limit-body-time.ts';
import { readBundle } from './read-bundle.ts';

/** `POST /bundles`: many small files in one request. See `contracts/bundle.ts` for its body. */
export const bundleRoutes: FastifyPluginAsync<Dependencies> = async (app, deps) => {
  app.removeAllContentTypeParsers();
  // Handed on as the stream it comes in; its length is bounded by its own manifest, its type is looked at after the
  // log-in.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.post(
    '/bundles',
    { bodyLimit: ANY_LENGTH, config: { access: 'write' } },
    async (request, reply): Promise<BundleResult> => {
      const { userId } = principalOf(request);
      if (request.headers['content-type'] !== BUNDLE_CONTENT_TYPE) {
        throw errors.unsupportedMediaType(`Send the bundle as ${BUNDLE_CONTENT_TYPE}`);
      }
      const body: AsyncIterableIterator<Buffer> = request.raw.iterator({ destroyOnReturn: false });
      try {
        const { entries, contents } = await readBundle(body);
        const signal = abortSignalOf(reply);
        const files = await receiveBundle(deps, userId, { entries, contents, signal });
        return { results: files.map(toResult) };
      } finally {
        // Lets go of the body, so that the rest of a refused one can be drained. It may wait for a chunk: nobody else does.
        void body.return?.();
      }
    },
  );
};

const toResult = (item: BundledFile): BundleItemResult =>
  'error' in item ? { error: toErrorBody(item.error) } : item;
