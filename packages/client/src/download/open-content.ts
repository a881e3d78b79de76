import { type AccessTokens, withAccessToken } from '../auth/with-access-token.ts';
import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import type { ContentAnswer, ContentTransport } from './content-transport.ts';

export interface DownloadDependencies {
  readonly server: AccessTokens & { readonly url: string };
  readonly openContent: ContentTransport;
}

export interface ContentRequest {
  readonly id: string;
  /** Of the file, by its number; the current one when left out. */
  readonly version?: number | undefined;
  /** The content that is meant, when it is known: any other is `source_changed`. */
  readonly sha256?: string | undefined;
  readonly offset: number;
  /** The first byte that is not wanted; all the rest when left out. */
  readonly end?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The content of a file, or a part of it, as the connection brings it. Rejects with `file_not_found`, with
 * `range_not_satisfiable`, with `source_changed` when the file has other content by now, with `network` when nobody
 * answers.
 */
export function openContent(deps: DownloadDependencies, request: ContentRequest): Promise<ContentAnswer> {
  return withAccessToken(deps.server, (token) => get(deps, request, token), request.signal);
}

async function get(
  { server, openContent: open }: DownloadDependencies,
  request: ContentRequest,
  token: string,
): Promise<ContentAnswer> {
  const { id, version, sha256, signal } = request;
  const which = version === undefined ? '' : `/versions/${version}`;
  const url = new URL(`${server.url}/files/${encodeURIComponent(id)}${which}/content`);
  const range = rangeOf(request);
  const answer = await open({
    url,
    headers: {
      authorization: `Bearer ${token}`,
      ...(range === null ? {} : { range }),
      ...(range === null || sha256 === undefined ? {} : { 'if-range': `"${sha256}"` }),
    },
    signal,
  });
  const { status } = answer;
  if (status !== 200 && status !== 206) {
    // The status alone says enough.
    const body = await answer.text().catch(() => '');
    throw errorFromAnswer({ status, body, retryAfter: answer.header('retry-after') }, url.origin);
  }
  const isOther = sha256 !== undefined && sha256Of(answer) !== sha256;
  if (isOther || (range !== null && status !== 206)) {
    answer.cancel();
    throw new InstashareError('source_changed', 'The file changed on the server: download it again');
  }
  return answer;
}

function rangeOf({ offset, end }: ContentRequest): string | null {
  if (offset === 0 && end === undefined) return null;
  return `bytes=${offset}-${end === undefined ? '' : end - 1}`;
}

/** The entity tag of a content is its sha256. */
export function sha256Of(answer: ContentAnswer): string | null {
  return /^"([0-9a-f]{64})"$/.exec(answer.header('etag') ?? '')?.[1] ?? null;
}
