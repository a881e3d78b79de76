import { MAX_BATCH_CALLS } from '@instashare/contracts/rules';
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  type Operation,
  retryLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client';
import { REFUSALS } from '../auth/refusals.ts';
import type { Session } from '../auth/session.ts';
import type { ContentTransport } from '../download/content-transport.ts';
import { isInstashareError } from '../errors/instashare-error.ts';
import { toInstashareError } from '../errors/to-instashare-error.ts';
import { createEventSourceClass } from '../events/create-event-source.ts';
import { abortLink } from './abort-link.ts';
import type { AppRouter } from './app-router.ts';
import { type CallFetch, checkedFetch } from './checked-fetch.ts';

/** What needs no log-in, and must not wait for one. */
const PUBLIC_PROCEDURES: ReadonlySet<string> = new Set(['users.register', 'users.login', 'users.refresh']);

/** Well below the 8 KiB that proxies commonly allow a request line. */
const MAX_URL_LENGTH = 4_000;

/** Where the token that a call was sent with is noted, so that a refused one is told from its successor. */
const TOKEN_KEY = 'instashareAccessToken';

export interface TrpcEndpoint {
  readonly serverUrl: string;
  readonly fetch: CallFetch;
  readonly openStream?: ContentTransport | undefined;
}

type Authorize = (operations: readonly Operation[]) => Promise<Record<string, string>>;

function batchLink({ serverUrl, fetch }: TrpcEndpoint, headers?: Authorize) {
  return httpBatchLink<AppRouter>({
    url: `${serverUrl}/trpc`,
    fetch: checkedFetch(fetch),
    // Calls of one tick share a request; more than this many share several.
    maxItems: MAX_BATCH_CALLS,
    maxURLLength: MAX_URL_LENGTH,
    ...(headers === undefined ? {} : { headers: ({ opList }) => headers(opList) }),
  });
}

/** Tries a call once more when its token was refused: the next one is sent with a new token. */
function refreshLink(session: Session): TRPCLink<AppRouter> {
  return retryLink<AppRouter>({
    retry: ({ op, error, attempts }) => {
      const refused = isInstashareError(toInstashareError(error), ...REFUSALS);
      const token = op.context[TOKEN_KEY];
      if (!refused || attempts > 1 || typeof token !== 'string') return false;
      session.reject(token);
      return true;
    },
  });
}

export type Trpc = ReturnType<typeof createTRPCClient<AppRouter>>;

/** Calls that carry the session's token; those of one tick share a request. */
function callLink(endpoint: TrpcEndpoint, session: Session): TRPCLink<AppRouter>[] {
  const authorize: Authorize = async (operations) => {
    const token = await session.accessToken();
    for (const operation of operations) operation.context[TOKEN_KEY] = token;
    return { authorization: `Bearer ${token}` };
  };
  return [abortLink, refreshLink(session), batchLink(endpoint, authorize)];
}

/** Subscriptions, each a stream of its own; what has to be tried again, the event source tries again by itself. */
function subscriptionLink({ serverUrl, openStream }: TrpcEndpoint, session: Session): TRPCLink<AppRouter> {
  return httpSubscriptionLink({
    url: `${serverUrl}/trpc`,
    EventSource: createEventSourceClass(session, openStream),
  });
}

/** The typed client. */
export function createTrpc(endpoint: TrpcEndpoint, session: Session): Trpc {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: subscriptionLink(endpoint, session),
        false: splitLink({
          condition: ({ path }) => PUBLIC_PROCEDURES.has(path),
          true: batchLink(endpoint),
          false: callLink(endpoint, session),
        }),
      }),
    ],
  });
}

/** A client for what needs no log-in, or, with a token, for what is asked with that one and no other. */
export function createPlainTrpc(endpoint: TrpcEndpoint, accessToken?: string): Trpc {
  const headers = () => Promise.resolve({ authorization: `Bearer ${accessToken}` });
  return createTRPCClient<AppRouter>({
    links: [batchLink(endpoint, accessToken === undefined ? undefined : headers)],
  });
}
