import { mkdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isStorageError } from '../../errors/index.ts';
import { ownerOf } from '../object-key.ts';
import type {
  ObjectStore,
  SignedUrlVerifier,
  UnfinishedUploads,
  UploadReceiver,
  UploadSessionRequest,
} from '../object-store.ts';
import { createBoundedMap } from './bounded-map.ts';
import { createDiskMark, type DiskMark } from './disk-mark.ts';
import { createDiskRoom, freeDiskBytes } from './disk-room.ts';
import { durableObjectSize } from './durable-object-size.ts';
import { createFolderSync } from './folder-sync.ts';
import { createIncomingFiles, type IncomingFiles } from './incoming-files.ts';
import { listObjects } from './list-objects.ts';
import { createObjectFolders } from './object-folders.ts';
import { objectPaths, PART_SUFFIX } from './object-paths.ts';
import { putObject } from './put-object.ts';
import { readObject } from './read-object.ts';
import { createSignedUrls, type SignedUrls } from './signed-urls.ts';
import { translated } from './translate-error.ts';
import { answered, createUploadSessions, type UploadSessions } from './upload-sessions.ts';

export interface DiskObjectStoreOptions {
  /**
   * The folder of the objects; it is made when it is missing. Several processes may share it, but only one may
   * receive uploads into it: writers of one session are kept apart within a process only.
   */
  readonly root: string;
  /** Where the api that takes the uploads is reached, without a slash at its end. */
  readonly publicUrl: string;
  /** Signs the addresses of upload sessions and of objects. */
  readonly urlSecret: string;
  /** So much of the disk is left free: what would take of it is refused with `storage_full`. */
  readonly reserveBytes: number;
  /** What is free on the disk of a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  readonly clock?: () => Date;
}

export type DiskObjectStore = ObjectStore & {
  readonly receiver: UploadReceiver;
  readonly unfinishedUploads: UnfinishedUploads;
  /** Checks the addresses that `signedReadUrl` gives: `<publicUrl>/storage/objects/<key>?…`. */
  readonly readUrls: SignedUrlVerifier;
};

/** Objects of which the SHA-256 is remembered; of others `stat` does not tell it. */
const MAX_KNOWN_DIGESTS = 10_000;

/**
 * Objects in a folder: `<root>/<key>`, sessions beside them as `<root>/<key>.part`, and what `put` writes in
 * `<root>/.incoming`. One folder for each owner.
 */
export function createDiskObjectStore(options: DiskObjectStoreOptions): DiskObjectStore {
  const { root, publicUrl, urlSecret, reserveBytes } = options;
  const { clock = () => new Date(), freeBytes = freeDiskBytes } = options;
  const folderSync = createFolderSync();
  const incoming = createIncomingFiles(join(root, '.incoming'), clock);
  const mark = createDiskMark(root, { folderSync, incoming });
  const folders = createObjectFolders(root, { folderSync, mark });
  const digests = createBoundedMap<string>(MAX_KNOWN_DIGESTS);
  const room = createDiskRoom(root, { reserveBytes, freeBytes });
  const context = { root, folders, digests, room };
  const sessions = createUploadSessions(context);
  const urlsBelow = (path: string, purpose: string) =>
    createSignedUrls({ base: `${publicUrl}${path}`, purpose, secret: urlSecret, clock });
  const uploadUrls = urlsBelow('/storage/uploads/', 'upload url');
  const readUrls = urlsBelow('/storage/objects/', 'object url');

  return {
    receiver: createReceiver(sessions, uploadUrls),
    unfinishedUploads: { list: (listOptions) => translated(listObjects(root, listOptions, PART_SUFFIX)) },
    readUrls,
    ...createSessionMethods(sessions, uploadUrls),

    put: (key, body, putOptions = {}) => putObject({ ...context, incoming }, { key, body }, putOptions),

    async stat(key) {
      const sizeBytes = await translated(durableObjectSize(context, key));
      if (sizeBytes === null) await translated(mark.requireStill());
      return sizeBytes === null ? null : { sizeBytes, sha256: digests.get(key) ?? null };
    },

    read: async (key, readOptions = {}) =>
      readObject(objectPaths(root, key).object, readOptions).catch(async (error: unknown) => {
        // Of a disk that is away nothing is known, so nothing is missing.
        if (isStorageError(error, 'object_missing')) await translated(mark.requireStill());
        throw error;
      }),

    async delete(key) {
      const paths = objectPaths(root, key);
      await translated(mark.requireStill());
      await translated(sessions.cancel(key));
      await translated(folders.remove(paths, [paths.object]));
      digests.delete(key);
    },

    async signedReadUrl(key, { expiresAt }) {
      ownerOf(key);
      return readUrls.sign(key, expiresAt);
    },

    list: (listOptions) => translated(listObjects(root, listOptions)),

    readMark: () => translated(mark.read()),
    mark: (instanceId) => translated(mark.write(instanceId)),
    check: () => translated(checkWritable(root, { incoming, mark })),
    // Without its mark the folder is on another disk, whose room is none of ours.
    freeBytes: () => translated(mark.requireStill().then(() => freeBytes(root))),

    [Symbol.asyncDispose]: () => sessions[Symbol.asyncDispose](),
  };
}

function createReceiver(sessions: UploadSessions, urls: SignedUrls): UploadReceiver {
  return {
    receive: (request, body, signal) => answered(sessions.append(request, body, signal)),
    status: (key, sizeBytes) => answered(sessions.status({ key, sizeBytes }, { endWriter: true })),
    verifyUrl: (uploadId, query) => urls.verify(uploadId, query),
  };
}

function createSessionMethods(sessions: UploadSessions, urls: SignedUrls) {
  const sessionOf = ({ sizeBytes }: UploadSessionRequest) => String(sizeBytes);
  const describe = (request: UploadSessionRequest) => ({
    url: urls.sign(request.uploadId, request.expiresAt),
    headers: { 'content-type': request.contentType },
    session: sessionOf(request),
  });
  return {
    async createUploadSession(request) {
      await translated(sessions.open(request));
      return describe(request);
    },
    sessionOf,
    renewUploadSession: async (request) => describe(request),
    uploadSessionStatus: (key, session) =>
      translated(sessions.status({ key, sizeBytes: Number(session) }, { endWriter: false })),
    cancelUploadSession: (key) => translated(sessions.cancel(key)),
  } satisfies Partial<ObjectStore>;
}

/** Really writes: a disk that is full or was remounted read-only still answers `access`. */
async function checkWritable(
  root: string,
  { incoming, mark }: { readonly incoming: IncomingFiles; readonly mark: DiskMark },
): Promise<void> {
  await mark.requireStill();
  await mkdir(root, { recursive: true, mode: 0o700 });
  const probe = await incoming.create();
  try {
    await probe.handle.write('probe');
    await probe.handle.sync();
  } finally {
    await probe.handle.close();
    await unlink(probe.path);
  }
}
