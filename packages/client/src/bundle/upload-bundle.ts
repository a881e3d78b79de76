import type { BundleEntry, BundleItemResult } from '@instashare/contracts';
import { BUNDLE_CONTENT_TYPE, bytesInBundle } from '@instashare/contracts/rules';
import { type AccessTokens, withAccessToken } from '../auth/with-access-token.ts';
import { errorFromAnswer } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { DEFAULT_RETRY_POLICY } from '../retry/retry-policy.ts';
import { retrying } from '../retry/retrying.ts';
import type { CreateSha256 } from '../upload/incremental-hash.ts';
import type { Transport } from '../upload/transport.ts';
import type { BundledFile, BundleFile, BundleOptions } from './bundle-options.ts';
import { type FramedBundle, frameBundle } from './frame-bundle.ts';

export interface BundleDependencies {
  readonly server: AccessTokens & { readonly url: string };
  readonly transport: Transport;
  readonly createSha256: CreateSha256;
}

/** A thousand files with paths of a kilobyte each. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Uploads small files in one request: what came of each, in their order. They are stored together, but for
 * those that are refused each for itself. Nothing is split: more than the limits in the contracts is refused
 * with `payload_too_large` before anything is sent. A failure that passes is tried again with the whole bundle,
 * which changes nothing where the answer to an earlier try was lost.
 */
export async function uploadBundle(
  deps: BundleDependencies,
  files: readonly BundleFile[],
  options: BundleOptions = {},
): Promise<BundledFile[]> {
  if (files.length === 0) return [];
  // Before anything is asked: a bundle that is too large is refused as a whole.
  const whole = frameBundle(files, { ...deps, linkOnly: false });
  if (options.linkFirst !== true) return sendAll(deps, whole, options);
  const hashed = files.map((file, index) => ({ ...file, sha256: whole.entries[index]?.sha256 }));
  const asking = frameBundle(hashed, { ...deps, linkOnly: true });
  const linked = await sendAll(deps, asking, options);
  const isUnknown = (index: number) => {
    const result = linked[index];
    return result !== undefined && 'error' in result && result.error.code === 'content_unknown';
  };
  const rest = hashed.filter((_, index) => isUnknown(index));
  const sent = (await uploadBundle(deps, rest, { ...options, linkFirst: false })).values();
  return linked.map((result, index) => (isUnknown(index) ? (sent.next().value ?? result) : result));
}

async function sendAll(
  deps: BundleDependencies,
  bundle: FramedBundle,
  { retry = DEFAULT_RETRY_POLICY, signal }: BundleOptions,
): Promise<BundledFile[]> {
  const attempt = () =>
    withAccessToken(deps.server, (token) => send(deps, bundle, { token, signal }), signal);
  const results = await retrying(attempt, { policy: retry, signal });
  return bundle.entries.map((entry, index) => toBundledFile(results[index], entry));
}

interface SendOptions {
  readonly token: string;
  readonly signal: AbortSignal | undefined;
}

async function send(
  { server, transport }: BundleDependencies,
  { body, entries }: FramedBundle,
  { token, signal }: SendOptions,
): Promise<readonly BundleItemResult[]> {
  const answer = await transport({
    method: 'POST',
    url: `${server.url}/bundles`,
    headers: { authorization: `Bearer ${token}`, 'content-type': BUNDLE_CONTENT_TYPE },
    body,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    signal,
  });
  if (answer.status !== 200) {
    const retryAfter = answer.header('retry-after');
    throw errorFromAnswer({ status: answer.status, body: answer.body, retryAfter }, server.url);
  }
  return parseResults(answer.body, entries.length);
}

const badAnswer = () => new InstashareError('bad_response', "The server's answer to a bundle makes no sense");

function parseResults(body: string, count: number): readonly BundleItemResult[] {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw badAnswer();
  }
  if (!hasResults(answer) || answer.results.length !== count) throw badAnswer();
  return answer.results;
}

/** What the results themselves are is taken from the server, as every typed call takes it. */
function hasResults(answer: unknown): answer is { readonly results: readonly BundleItemResult[] } {
  return (
    typeof answer === 'object' && answer !== null && 'results' in answer && Array.isArray(answer.results)
  );
}

function toBundledFile(result: BundleItemResult | undefined, entry: BundleEntry): BundledFile {
  if (result === undefined) throw badAnswer();
  if ('file' in result) {
    const { file, alreadyStored } = result;
    return { file, sha256: entry.sha256, alreadyStored, sentBytes: bytesInBundle(entry) };
  }
  const { code, message, issues } = result.error;
  return { error: new InstashareError(code, message, { issues }) };
}
