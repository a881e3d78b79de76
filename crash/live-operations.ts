import type { Actor } from './operations.ts';
import { Lost, listAll, readBytes, readJson, type StoredFile, send, sendJson, sha256Of } from './requests.ts';

/** How long a client looks at its events at a time. */
const FOLLOW_MS = 1_500;

async function pickFile({ account, random }: Actor): Promise<StoredFile | null> {
  const files = await listAll(account);
  return files.length === 0 ? null : random.pick(files);
}

/** A link that somebody without an account downloads from, and which is good for nothing once it is revoked. */
export async function shareFile(actor: Actor): Promise<void> {
  const { account } = actor;
  const file = await pickFile(actor);
  if (file === null) return;
  const asked = await send(account, '/shares', {
    method: 'POST',
    body: JSON.stringify({ fileId: file.id }),
    headers: { 'content-type': 'application/json' },
  });
  if (!asked.ok) return void (await readBytes(asked));
  const { url, share } = await readJson<{ url: string; share: { id: string } }>(asked);
  const visitor = { ...account, token: '' };
  const content = await send(visitor, `${url}/content`, { method: 'GET' });
  const bytes = await readBytes(content);
  if (content.ok && content.headers.get('etag') !== `"${sha256Of(bytes)}"`) {
    throw new Error(`a share of ${file.path} has other bytes than it said`);
  }
  await readBytes(await send(account, `/shares/${share.id}`, { method: 'DELETE' }));
  const gone = await send(visitor, `${url}/content`, { method: 'GET' });
  await readBytes(gone);
  if (gone.status !== 404) throw new Error(`a share that was revoked answers ${gone.status}`);
}

/** Follows the events for a moment, as a page does that is opened and closed. */
export async function followEvents({ account }: Actor): Promise<void> {
  const signal = AbortSignal.timeout(FOLLOW_MS);
  try {
    const headers = { authorization: `Bearer ${account.token}` };
    const response = await fetch(`${account.url}/events`, { headers, signal });
    await response.arrayBuffer();
    if (response.status !== 200 && response.status !== 503)
      throw new Error(`GET /events answered ${response.status}`);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof Error && error.message.startsWith('GET ')) throw error;
    throw new Lost('the events broke off', { cause: error });
  }
}

interface ChangePage {
  readonly cursor: string;
  readonly hasMore: boolean;
}

/** Catches up with all that has happened, page by page. */
export async function catchUp({ account }: Actor): Promise<void> {
  let cursor = '0';
  for (;;) {
    const answer = await send(account, `/changes?cursor=${encodeURIComponent(cursor)}`, { method: 'GET' });
    const page: ChangePage = await readJson(answer);
    if (!page.hasMore) return;
    cursor = page.cursor;
  }
}

/** An upload that is given up before it is complete. */
export async function abandonUpload({ account, random }: Actor): Promise<void> {
  const bytes = random.bytes(1 + random.below(10_000));
  const { upload } = await sendJson<{ upload?: { id: string; url: string } }>(account, '/uploads', {
    path: `abandoned-${random.below(1000)}`,
    sizeBytes: bytes.length + 1,
  });
  if (upload === undefined) return;
  const range = { 'content-range': `bytes 0-${bytes.length - 1}/*` };
  await readBytes(
    await send(account, upload.url, { method: 'PUT', body: bytes, headers: range }).catch(giveUp),
  );
}

/** Part of a chunk may be refused: that this client does not mind. */
function giveUp(error: unknown): Response {
  if (error instanceof Lost) throw error;
  return new Response();
}
