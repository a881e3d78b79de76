import type { IncomingMessage, ServerResponse } from 'node:http';

/** A refusal in Google's form. */
export class GoogleError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export const notFound = (what: string) => new GoogleError(404, 'notFound', `No such object: ${what}`);
export const badRequest = (message: string) => new GoogleError(400, 'invalid', message);
export const conditionNotMet = () =>
  new GoogleError(412, 'conditionNotMet', 'At least one of the pre-conditions you specified did not hold.');

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(text);
}

export function sendError(response: ServerResponse, { status, reason, message }: GoogleError): void {
  const errors = [{ domain: 'global', reason, message }];
  sendJson(response, status, { error: { code: status, message, errors } });
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** The `Content-Length`, which this server insists on: chunked bodies are not what our clients send. */
export function contentLength(request: IncomingMessage): number {
  const header = request.headers['content-length'];
  if (header === undefined) throw new GoogleError(411, 'required', 'Content-Length is required');
  return Number(header);
}
