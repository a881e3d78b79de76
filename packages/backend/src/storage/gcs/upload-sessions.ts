import { ownerOf } from '../object-key.ts';
import type {
  ObjectStore,
  OpenedUploadSession,
  UploadSessionRequest,
  UploadSessionStatus,
} from '../object-store.ts';
import { statusOf } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';
import { cancelSession, type Progress, putToSession } from './resumable.ts';
import { retrying } from './retrying.ts';
import { startSession } from './start-session.ts';

interface Session {
  readonly uri: string;
  readonly sizeBytes: number;
}

/** The size is needed to ask: an empty object is finished only by saying that 0 bytes are all. */
const encode = ({ uri, sizeBytes }: Session): string => `${sizeBytes} ${uri}`;

/** The library takes the number 0 for no length, and the session of an empty file would take any. */
function lengthHeader(sizeBytes: number): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it becomes a header, and is text there
  return String(sizeBytes) as unknown as number;
}

/** null: of the store that the objects were in before. */
function decode(session: string): Session | null {
  const [sizeBytes, uri] = session.split(' ');
  return uri === undefined ? null : { uri, sizeBytes: Number(sizeBytes) };
}

/**
 * Upload sessions that clients use directly. `origin` is the site whose pages may send to them: Google answers
 * the browser of no other. Length and type are fixed by the session, and a key that is taken is refused.
 */
export function createUploadSessions(
  context: GcsContext,
  options: { readonly origin: string; readonly sizeOf: (key: string) => Promise<number | null> },
) {
  async function start({ key, sizeBytes, contentType }: UploadSessionRequest): Promise<Session> {
    ownerOf(key);
    const metadata = { contentType, contentLength: lengthHeader(sizeBytes) };
    return { uri: await startSession(context, key, { origin: options.origin, metadata }), sizeBytes };
  }

  const describe = ({ contentType }: UploadSessionRequest, session: Session): OpenedUploadSession => ({
    url: session.uri,
    headers: { 'content-type': contentType },
    session: encode(session),
    comparesCrc32c: true,
  });

  async function statusOfSession(key: string, session: Session | null): Promise<UploadSessionStatus> {
    const progress: Progress = session === null ? { state: 'closed' } : await ask(context, session);
    if (progress.state === 'open') return progress;
    if (progress.state === 'finished') return { state: 'finished', sizeBytes: progress.object.size };
    // Google forgets sessions a week after their start, finished ones too.
    const finishedBytes = await options.sizeOf(key);
    return finishedBytes === null ? { state: 'gone' } : { state: 'finished', sizeBytes: finishedBytes };
  }

  return {
    createUploadSession: async (request) => describe(request, await start(request)),

    async renewUploadSession(request, given) {
      const session = decode(given);
      const { state } = await statusOfSession(request.key, session);
      // Its week is over: a new one begins at the first byte.
      return describe(request, state === 'gone' || session === null ? await start(request) : session);
    },

    uploadSessionStatus: (key, session) => statusOfSession(key, decode(session)),

    async cancelUploadSession(_key, given) {
      const session = decode(given);
      if (session !== null) await retrying(() => cancelSession(session.uri), { policy: context.retry });
    },
  } satisfies Partial<ObjectStore>;
}

function ask({ retry }: GcsContext, { uri, sizeBytes }: Session): Promise<Progress> {
  return retrying(() => putToSession(uri, `*/${sizeBytes}`), { policy: retry }).catch((error: unknown) => {
    // All bytes are there, but the key was taken meanwhile.
    if (statusOf(error) === 412) return { state: 'closed' };
    throw error;
  });
}
