import { type File, Storage } from '@google-cloud/storage';
import { isObjectKey, ownerOf } from '../object-key.ts';
import type { ListOptions, ListPage, ObjectStat, ObjectStore } from '../object-store.ts';
import { readMark, writeMark } from './bucket-mark.ts';
import { checkBucket } from './check-bucket.ts';
import { statusOf, translateError } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';
import { parseResource, toStat } from './object-resource.ts';
import { putObject } from './put-object.ts';
import { readObject } from './read-object.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy, retrying } from './retrying.ts';
import { createSignReadUrl, requireSigning } from './sign-read-url.ts';
import { createUploadSessions } from './upload-sessions.ts';

export interface GcsObjectStoreOptions {
  readonly bucket: string;
  /** The site whose pages may send to upload sessions: `https://files.example.org`. */
  readonly origin: string;
  /**
   * An emulator's address, which is spoken to without credentials; null for Google, with those that its usual
   * variables or the machine give. Signing takes them in both cases.
   */
  readonly emulatorUrl: string | null;
  /** For tests: where something stands in for Google, credentials and all, for storage and for signing. */
  readonly googleUrl?: string;
  readonly retry?: RetryPolicy;
}

export interface GcsObjectStore extends ObjectStore {
  /** Rejects when the credentials can sign no address. */
  requireSigning(): Promise<void>;
}

/** Objects in a bucket of Google Cloud Storage, by key. Clients send their bytes to Google directly. */
export function createGcsObjectStore(options: GcsObjectStoreOptions): GcsObjectStore {
  const context = createContext(options);
  const { bucket, retry } = context;
  const signReadUrl = createSignReadUrl(bucket, addressOf(options));
  const stat = (key: string) => statObject(context, key);
  const sessions = createUploadSessions(context, {
    origin: options.origin,
    sizeOf: async (key) => (await stat(key))?.sizeBytes ?? null,
  });

  return {
    // Google makes it up.
    sessionOf: () => null,
    createUploadSession: (request) => translated(sessions.createUploadSession(request)),
    renewUploadSession: (request, session) => translated(sessions.renewUploadSession(request, session)),
    uploadSessionStatus: (key, session) => translated(sessions.uploadSessionStatus(key, session)),
    cancelUploadSession: (key, session) => translated(sessions.cancelUploadSession(key, session)),

    put: (key, body, putOptions = {}) => putObject(context, { key, body }, putOptions),
    stat: (key) => translated(stat(key)),
    read: (key, readOptions = {}) => readObject(context, key, readOptions),
    signedReadUrl: signReadUrl,
    requireSigning: () => requireSigning(signReadUrl),

    async delete(key) {
      ownerOf(key);
      const remove = () => bucket.file(key).delete({ ignoreNotFound: true });
      await translated(retrying(remove, { policy: retry }));
    },

    list: (listOptions) => translated(listObjects(context, listOptions)),
    readMark: () => translated(readMark(context)),
    mark: (instanceId) => translated(writeMark(context, instanceId)),
    check: () => checkBucket(context),
    freeBytes: () => Promise.resolve(null),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function createContext(options: GcsObjectStoreOptions): GcsContext {
  const { bucket, emulatorUrl, retry = DEFAULT_RETRY_POLICY } = options;
  const address = addressOf(options);
  const storage = new Storage({
    ...(address === null ? {} : { apiEndpoint: address }),
    useAuthWithCustomEndpoint: emulatorUrl === null,
    retryOptions: { autoRetry: false },
  });
  const endpoint = storage.apiEndpoint;
  return {
    bucket: storage.bucket(bucket),
    endpoint,
    authorization: async () =>
      emulatorUrl === null
        ? new Headers(await storage.authClient.getRequestHeaders(endpoint))
        : new Headers(),
    retry,
  };
}

const addressOf = ({ emulatorUrl, googleUrl }: GcsObjectStoreOptions): string | null =>
  emulatorUrl ?? googleUrl ?? null;

const translated = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw translateError(error);
  });

async function statObject({ bucket, retry }: GcsContext, key: string): Promise<ObjectStat | null> {
  ownerOf(key);
  try {
    const [metadata] = await retrying(() => bucket.file(key).getMetadata(), { policy: retry });
    return toStat(parseResource(metadata));
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

async function listObjects({ bucket, retry }: GcsContext, options: ListOptions): Promise<ListPage> {
  const { prefix = '', cursor = null, limit } = options;
  // It begins with the object that the cursor names.
  const from = cursor === null ? {} : { startOffset: cursor };
  const query = { prefix, maxResults: limit + 1, autoPaginate: false, ...from };
  let page: File[];
  let next: { readonly pageToken?: string | undefined } = {};
  do {
    const { pageToken } = next;
    const ask = () => bucket.getFiles(pageToken === undefined ? query : { ...query, pageToken });
    const [found, following] = await retrying(ask, { policy: retry });
    page = found.filter(({ name }) => name !== cursor);
    next = following ?? {};
  } while (page.length === 0 && next.pageToken !== undefined);
  const isMore = page.length > limit || next.pageToken !== undefined;
  const listed = page.slice(0, limit);
  const objects = listed
    // What else lies in the bucket is none of ours.
    .filter(({ name }) => isObjectKey(name))
    .map(({ name, metadata }) => ({
      key: name,
      sizeBytes: parseResource(metadata).size,
      createdAt: new Date(metadata.timeCreated ?? Date.now()),
    }));
  return { objects, nextCursor: isMore ? (listed.at(-1)?.name ?? null) : null };
}
