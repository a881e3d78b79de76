import { StorageError } from '../../errors/index.ts';
import { type ObjectResource, parseResource } from './object-resource.ts';
import { type Answer, type BoundedRequest, sendRequest, toRefusal } from './send-request.ts';

/** What the store says about a resumable session. */
export type Progress =
  | { readonly state: 'open'; readonly receivedBytes: number }
  | { readonly state: 'finished'; readonly object: ObjectResource }
  /** Cancelled, expired, finished long ago, or never there. */
  | { readonly state: 'closed' };

/** 499 is Google's answer to a cancellation, and to whoever comes after it. */
const CLOSED = new Set([404, 410, 499]);

function keptBytes(header: string | null): number {
  // S14: 308 without a Range means that nothing was kept.
  if (header === null) return 0;
  const last = /^bytes=0-(\d+)$/.exec(header)?.[1];
  if (last === undefined) throw new StorageError('storage_failed', `The session stands at "${header}"`);
  return Number(last) + 1;
}

/** Throws the refusal when the answer tells nothing about the session. */
function toProgress(answer: Answer): Progress {
  const { status, headers, text } = answer;
  if (status === 200 || status === 201) {
    return { state: 'finished', object: parseResource(JSON.parse(text)) };
  }
  if (status === 308) return { state: 'open', receivedBytes: keptBytes(headers.get('range')) };
  if (CLOSED.has(status)) return { state: 'closed' };
  throw toRefusal(answer);
}

/** Sends bytes, or with none asks; `range` is a `Content-Range` without its unit. */
export async function putToSession(
  uri: string,
  range: string,
  rest: Pick<BoundedRequest, 'body' | 'headers' | 'signal'> = {},
): Promise<Progress> {
  const headers = new Headers(rest.headers);
  headers.set('content-range', `bytes ${range}`);
  return toProgress(await sendRequest({ method: 'PUT', url: uri, ...rest, headers }));
}

/** Fine when the session is closed, or finished: then there is nothing to cancel. */
export async function cancelSession(uri: string): Promise<void> {
  const answer = await sendRequest({ method: 'DELETE', url: uri });
  const { status } = answer;
  if (status === 408 || status === 429 || status >= 500) throw toRefusal(answer);
}
