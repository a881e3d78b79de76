import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { HttpAgents } from './http-agents.ts';
import { http, https } from './http-modules.ts';

/** Opens a request over one of the kept connections. Throws when `url` is neither http nor https. */
export function openRequest(url: URL, agents: HttpAgents, options: RequestOptions): ClientRequest {
  if (url.protocol === 'https:') return https.request(url, { ...options, agent: agents.https });
  if (url.protocol === 'http:') return http.request(url, { ...options, agent: agents.http });
  throw new TypeError(`neither http nor https: ${url.protocol}`);
}

/** Reads an answer as text. Rejects when it breaks off or is longer than `maxBytes`. */
export function readText(incoming: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let sizeBytes = 0;
    incoming.on('data', (part: Buffer) => {
      sizeBytes += part.byteLength;
      if (sizeBytes <= maxBytes) parts.push(part);
      else incoming.destroy(new Error('the answer is too long'));
    });
    incoming.on('error', reject);
    incoming.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
  });
}

export function headerOf(incoming: IncomingMessage, name: string): string | null {
  const value = incoming.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}
