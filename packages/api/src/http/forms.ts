import type { FastifyInstance } from 'fastify';

/** A few fields that a person types. */
export const MAX_FORM_BYTES = 4096;

/** The routes of this scope take what a form of a page sends, and nothing else. */
export function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
}
