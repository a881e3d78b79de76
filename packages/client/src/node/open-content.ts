import type http from 'node:http';
import type { FileDto } from '@instashare/contracts';
import { withAccessToken } from '../auth/with-access-token.ts';
import type { InstashareClient } from '../create-client.ts';
import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { networkError } from '../trpc/checked-fetch.ts';
import type { HttpAgents } from './http-agents.ts';
import { headerOf, openRequest, readText } from './http-request.ts';

const IDLE_TIMEOUT_MS = 60_000;
const MAX_ERROR_BYTES = 64 * 1024;

export interface DownloadDependencies {
  readonly client: InstashareClient;
  readonly agents: HttpAgents;
}

export interface ContentRequest {
  readonly file: Pick<FileDto, 'id' | 'sha256' | 'sizeBytes'>;
  /** Of the file, by its number; the current one when left out. */
  readonly version?: number | undefined;
  readonly offset: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The content of `file` from `offset` on, as the connection brings it. Rejects with `file_not_found`, with
 * `source_changed` when the file has other content by now, with `network` when nobody answers.
 */
export function openContent(
  deps: DownloadDependencies,
  request: ContentRequest,
): Promise<http.IncomingMessage> {
  return withAccessToken(deps.client, (token) => get(deps, request, token));
}

async function get(
  { client, agents }: DownloadDependencies,
  { file, version, offset, signal }: ContentRequest,
  token: string,
): Promise<http.IncomingMessage> {
  const which = version === undefined ? '' : `/versions/${version}`;
  const url = new URL(`${client.url}/files/${file.id}${which}/content`);
  const etag = `"${file.sha256}"`;
  const response = await send(url, agents, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(offset === 0 ? {} : { range: `bytes=${offset}-`, 'if-range': etag }),
    },
    timeout: IDLE_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const status = response.statusCode ?? 0;
  if (status !== 200 && status !== 206) {
    const retryAfter = headerOf(response, 'retry-after');
    // The status alone says enough.
    const body = await readText(response, MAX_ERROR_BYTES).catch(() => '');
    throw errorFromAnswer({ status, body, retryAfter }, url.origin);
  }
  if (response.headers.etag !== etag || (offset > 0 && status !== 206)) {
    response.destroy();
    throw new InstashareError('source_changed', 'The file changed on the server: download it again');
  }
  return response;
}

function send(url: URL, agents: HttpAgents, options: http.RequestOptions): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = openRequest(url, agents, options);
    request.on('timeout', () => request.destroy(new Error('nothing moved for too long')));
    request.on('error', (cause) => {
      reject(options.signal?.aborted === true ? cause : networkError(url.origin, cause));
    });
    request.on('response', resolve);
    request.end();
  });
}
