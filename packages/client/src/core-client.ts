import type { LiveEvent, LoginInput, RegisterInput, User } from '@instashare/contracts';
import type { AuthStore } from './auth/auth-store.ts';
import { createFixedSession, type FixedToken } from './auth/fixed-token.ts';
import { createSession } from './auth/session.ts';
import type { ContentTransport } from './download/content-transport.ts';
import { errorFromAnswer } from './errors/error-from-answer.ts';
import { InstashareError } from './errors/instashare-error.ts';
import { toInstashareError } from './errors/to-instashare-error.ts';
import { type EventsOptions, followEvents } from './events/follow-events.ts';
import { type CallFetch, checkedFetch, platformFetch } from './trpc/checked-fetch.ts';
import { createPlainTrpc, createTrpc, type Trpc, type TrpcEndpoint } from './trpc/create-trpc.ts';

export interface InstashareClientOptions {
  /** Address of the server, such as `https://files.example.org`; a path before the API's own is kept. */
  readonly url: string;
  /** Where the log-in is kept, or a token that stands for one: with that, a client can neither log in nor out. */
  readonly auth: AuthStore | FixedToken;
  /** Instead of the platform's own, for the calls. */
  readonly fetch?: CallFetch;
  /** Instead of the platform's `fetch`, for streams of events. */
  readonly openStream?: ContentTransport;
}

/** What needs neither files nor sockets. */
export interface CoreClient {
  /** The server's address, without a slash at its end. */
  readonly url: string;
  /** Every procedure, typed. Failures are `TRPCClientError`s; {@link CoreClient.call} maps them. */
  readonly trpc: Trpc;
  /** Runs one call and rejects with an `InstashareError` when it fails. */
  call<T>(run: (trpc: Trpc) => Promise<T>): Promise<T>;
  /** What happens to the files from now on, or from behind an event; see {@link followEvents}. */
  events(options?: EventsOptions): AsyncGenerator<LiveEvent, void, void>;
  /** Resolves when an Instashare server answers at the address; needs no log-in, and costs next to nothing. */
  ping(signal?: AbortSignal): Promise<void>;
  /** A token to send now, refreshed when needed. */
  accessToken(): Promise<string>;
  /** The server refused this token. */
  rejectAccessToken(accessToken: string): void;
  /** Makes an account and logs in. */
  register(input: RegisterInput): Promise<User>;
  login(input: LoginInput, options?: LoginOptions): Promise<User>;
  /**
   * Ends the session on the server and forgets the tokens (these also when the server can't be reached). A log-in that is
   * made before it is done stays.
   */
  logout(): Promise<void>;
}

export interface LoginOptions {
  /**
   * The id of a user. An e-mail address may be somebody else's by now: when it is another user who comes back, this client
   * stays as it was.
   */
  readonly onlyAs?: string | undefined;
}

/** `url` in the one form that paths are appended to. Rejects what is not an http(s) address. */
export function normalizeServerUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    const message = `"${url}" is not the address of a server: give one such as http://127.0.0.1:8321`;
    throw new InstashareError('invalid_input', message);
  }
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}

async function callMapped<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw toInstashareError(cause);
  }
}

async function ping({ serverUrl, fetch }: TrpcEndpoint, signal?: AbortSignal): Promise<void> {
  const response = await checkedFetch(fetch)(`${serverUrl}/healthz`, { signal });
  if (response.ok) return;
  const answer = { status: response.status, body: await response.text() };
  throw errorFromAnswer(answer, new URL(serverUrl).origin);
}

export function createCoreClient(options: InstashareClientOptions): CoreClient {
  const url = normalizeServerUrl(options.url);
  const { openStream } = options;
  const endpoint = { serverUrl: url, fetch: options.fetch ?? platformFetch, openStream };
  const publicTrpc = createPlainTrpc(endpoint);
  const { auth } = options;
  const session =
    'accessToken' in auth
      ? createFixedSession(auth)
      : createSession({
          auth,
          refresh: (refreshToken, signal) =>
            callMapped(() => publicTrpc.users.refresh.mutate({ refreshToken }, { signal })),
        });
  const trpc = createTrpc(endpoint, session);
  return {
    url,
    trpc,
    call: (run) => callMapped(() => run(trpc)),
    events: (eventsOptions) => followEvents({ serverUrl: url, session, openStream }, eventsOptions),
    ping: (signal) => ping(endpoint, signal),
    accessToken: () => session.accessToken(),
    rejectAccessToken: (accessToken) => session.reject(accessToken),
    async register(input) {
      const result = await callMapped(() => publicTrpc.users.register.mutate(input));
      await session.replace(result);
      return result.user;
    },
    async login(input, { onlyAs } = {}) {
      const result = await callMapped(() => publicTrpc.users.login.mutate(input));
      if (onlyAs === undefined || result.user.id === onlyAs) await session.replace(result);
      return result.user;
    },
    logout: () =>
      session.leave(async (accessToken) => {
        await callMapped(() => createPlainTrpc(endpoint, accessToken).users.logout.mutate());
      }),
  };
}
