import { AppError, errors } from '@instashare/backend/errors';

/** What the multipart parser says when a body ends before its closing boundary. It has no code for it. */
const BODY_ENDED_EARLY = /terminated early due to unexpected end|^Unexpected end of multipart data/;

/** What it says of a boundary that is missing or too long. It has no code for that either. */
const BAD_BOUNDARY = /^Multipart: Boundary not found|^The needle cannot /;

/** What Fastify and its plugins refuse a request for; null for anything else. */
export function fromFastify(error: Error): AppError | null {
  if (BODY_ENDED_EARLY.test(error.message)) return errors.requestAborted();
  if (BAD_BOUNDARY.test(error.message)) {
    return errors.invalidField('Content-Type', 'multipart/form-data needs a boundary of 1 to 70 characters');
  }
  if (!('code' in error) || typeof error.code !== 'string' || !error.code.startsWith('FST_')) return null;
  if (error.code === 'FST_MP_PREMATURE_CLOSE') return errors.requestAborted();
  const status = 'statusCode' in error ? error.statusCode : 500;
  switch (status) {
    case 413:
      return errors.payloadTooLarge(`The request is too large for this address: ${error.message}`);
    case 406:
    case 415:
      return new AppError('unsupported_media_type', 'This address does not take a body of this content type');
    case 400:
      return errors.invalidInput(error.message, []);
    default:
      return null;
  }
}
