import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request says that it brings a body. */
export const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
