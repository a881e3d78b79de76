import { isInstashareError, normalizeServerUrl } from '@instashare/client';
import { z } from 'zod';
import type { ServerCheck } from '../shared/engine-procedures.ts';

const TIMEOUT_MS = 5_000;
const descriptionSchema = z.object({
  info: z.object({ title: z.literal('Instashare'), version: z.string() }),
});

/** What people type is often the host alone. */
function withScheme(address: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  const isLocal = /^(localhost|127\.|\[::1\]|192\.168\.|10\.)/.test(address);
  return `${isLocal ? 'http' : 'https'}://${address}`;
}

/** Whether an Instashare server answers at an address, and which. */
export async function checkServer(address: string): Promise<ServerCheck> {
  let url: string;
  try {
    url = normalizeServerUrl(withScheme(address.trim()));
  } catch (error) {
    if (!isInstashareError(error)) throw error;
    return { state: 'invalid', message: 'This is no address: type one such as https://files.example.org' };
  }
  let response: Response;
  try {
    response = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    return { state: 'unreachable', message: `Nothing answers at ${url}: ${causeOf(error)}` };
  }
  const description = descriptionSchema.safeParse(await response.json().catch(() => null));
  if (!description.success)
    return { state: 'other', message: `Something answers at ${url}, but it is no Instashare server` };
  return { state: 'ok', url, version: description.data.info.version };
}

function causeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer within 5 seconds';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
