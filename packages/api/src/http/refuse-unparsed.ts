import { ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type AppError, errors } from '@instashare/backend/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_STATUS } from '../edge/error-status.ts';
import { toAppError, toErrorBody } from '../edge/to-app-error.ts';
import { PROTECTION } from './protect.ts';
import { requestIdOf } from './request-id.ts';

/** An address that is no URL does not come as far as a route, or its error handler. */
export function refuseAddress(error: Error, { id }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(400, { ...PROTECTION, 'content-type': 'application/json', 'x-request-id': id });
  reply.raw.end(JSON.stringify(toErrorBody(toAppError(error))));
}

/** What the parser of HTTP could not make a request of is answered as everything else is, and its connection ends. */
export function refuseUnparsed(error: Error & { readonly code?: string }, socket: Socket): void {
  // Behind the beginning of another answer it would be read as a part of that one.
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
    socket.destroy();
    return;
  }
  const refusal = toRefusal(error.code);
  const { status } = ERROR_STATUS[refusal.code];
  const body = JSON.stringify(toErrorBody(refusal));
  const headers = {
    ...PROTECTION,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestIdOf({ headers: {} }),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  socket.destroySoon();
}

/** See https://nodejs.org/api/http.html#event-clienterror for its codes. */
function toRefusal(code: string | undefined): AppError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return errors.requestTimeout();
    case 'HPE_HEADER_OVERFLOW':
      return errors.headersTooLarge();
    default:
      return errors.invalidInput('This is not a request of HTTP/1.1', []);
  }
}

/** Node keeps the answer that is under way at its socket. */
function hasBegunAnswer(socket: Socket): boolean {
  const answer: unknown = Reflect.get(socket, '_httpMessage');
  return answer instanceof ServerResponse && answer.headersSent;
}
