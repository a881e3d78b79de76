import { hash } from 'node:crypto';

/** The server went away, or said that it can't right now: what was asked for has happened or not. */
export class Lost extends Error {}

/** The server has no room right now, and nothing of what was asked for has happened. */
export class Full extends Lost {}

export interface Account {
  readonly url: string;
  readonly token: string;
}

export interface StoredFile {
  readonly id: string;
  readonly path: string;
  readonly sha256: string;
  readonly status: string;
}

/**
 * Longer than the server waits for anything: had we gone before it, it could still do what was asked for, after something
 * else that we were told is done.
 */
const TIMEOUT_MS = 90_000;

export const sha256Of = (bytes: Buffer): string => hash('sha256', bytes, 'hex');

/** One request. Rejects with {@link Lost}, or with what the server said when it refused or failed. */
export async function send(
  account: Account,
  target: string,
  options: {
    readonly method: string;
    readonly body?: string | Buffer | FormData;
    readonly headers?: Record<string, string>;
    /** 409 is an answer too: something else is in the way. */
    readonly mayConflict?: boolean;
  },
): Promise<Response> {
  const url = target.startsWith('http') ? target : `${account.url}${target}`;
  let response: Response;
  try {
    response = await fetch(url, {
      method: options.method,
      ...(options.body === undefined ? {} : { body: options.body }),
      headers: { authorization: `Bearer ${account.token}`, ...options.headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new Lost('no answer', { cause });
  }
  if (response.ok || response.status === 308 || response.status === 404) return response;
  if (response.status === 409 && options.mayConflict === true) return response;
  const text = await response.text().catch(() => '');
  // A service is away: that is no fault of ours, and whoever is told so is told when to come again.
  if (response.status === 503 && response.headers.has('retry-after')) throw new Lost(text);
  // It was away for longer than an upload stays open: 499 is what Google says then.
  if (response.status === 410 || response.status === 499) throw new Lost(text);
  if (response.status === 507 && text.includes('storage_full')) throw new Full(text);
  throw new Error(`${options.method} ${target} answered ${response.status}: ${text}`);
}

/** The body of an answer; it may break off too. */
export async function readBytes(response: Response): Promise<Buffer> {
  try {
    return Buffer.from(await response.arrayBuffer());
  } catch (cause) {
    throw new Lost('the answer broke off', { cause });
  }
}

export async function readJson<T>(response: Response): Promise<T> {
  const bytes = await readBytes(response);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each caller reads what the contract promises
  return JSON.parse(bytes.toString('utf8')) as T;
}

export async function sendJson<T>(account: Account, target: string, json: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return readJson<T>(await send(account, target, { method: 'POST', body: JSON.stringify(json), headers }));
}

export async function listAll(account: Account): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: '1000', ...(cursor === '' ? {} : { cursor }) });
    const page: { items: StoredFile[]; nextCursor: string | null } = await readJson(
      await send(account, `/files?${query.toString()}`, { method: 'GET' }),
    );
    files.push(...page.items);
    cursor = page.nextCursor;
  }
  return files;
}
