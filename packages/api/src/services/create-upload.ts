import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenedUpload } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { OpenedUploadSession, UploadSessionRequest } from '@instashare/backend/storage';
import { linkingTransaction, linkVersions } from '@instashare/backend/versions';
import type { CreateUploadInput, CreateUploadResult, UploadResult } from '@instashare/contracts';
import type { Claim } from '../auth/authenticate.ts';
import type { KeepAnswer } from './answer-once.ts';
import type { Dependencies } from './dependencies.ts';
import { type ExpectedVersion, expectedVersion } from './expected-version.ts';
import { guessContentType } from './guess-content-type.ts';
import { reuseUpload } from './reuse-upload.ts';
import { toFileDto } from './to-file-dto.ts';
import { toUploadSession } from './to-upload-session.ts';

type Used = Pick<
  Dependencies,
  | 'config'
  | 'database'
  | 'log'
  | 'newId'
  | 'now'
  | 'objects'
  | 'openTogether'
  | 'seenObjects'
  | 'uploadMeter'
  | 'uploadReceiver'
>;

type Input = CreateUploadInput & {
  readonly expected?: readonly ExpectedVersion[] | undefined;
  readonly keep?: KeepAnswer | undefined;
};

/**
 * Opens an upload session, or, when the user already has content with this sha256, makes it the file's
 * current version at once. Where there is no room, a session that the same request has opened before is given again
 * (see `reuseUpload`). Rejects with `quota_exceeded`, `version_mismatch`, or `size_mismatch` when the known
 * content has another size. Whether the claim stands is seen by the statement that opens it, where nothing has
 * to be looked at before.
 */
export async function createUpload(deps: Used, claim: Claim, input: Input): Promise<CreateUploadResult> {
  const { userId } = claim.principal;
  const opensAtOnce =
    input.sha256 === undefined && input.ifVersion === undefined && input.expected === undefined;
  if (!opensAtOnce) await claim.confirm();
  const ifVersion = await expectedVersion(deps, userId, {
    path: input.path,
    sha256: input.sha256 ?? null,
    ifVersion: input.ifVersion,
    expected: input.expected,
  });
  const known = await linkKnownContent(deps, userId, { ...input, numberNow: ifVersion });
  if (known !== null) {
    deps.uploadMeter?.stored('session', 1, []);
    return known;
  }
  const { config, newId, now, objects } = deps;
  const id = newId();
  const request = {
    uploadId: id,
    key: `${userId}/${id}`,
    sizeBytes: input.sizeBytes,
    contentType: guessContentType(input.path, input.contentType),
    expiresAt: new Date(now().getTime() + config.uploadExpiresSeconds * 1000),
  };
  const session = objects.sessionOf(request);
  const row = {
    id,
    path: input.path,
    sizeBytes: input.sizeBytes,
    sha256: input.sha256 ?? null,
    contentType: request.contentType,
    modifiedAt: input.modifiedAt === undefined ? null : new Date(input.modifiedAt),
    objectKey: request.key,
    ifVersion,
    expiresAt: request.expiresAt,
    session,
  };
  // A power cut that loses the row loses a session that the client then creates again; nothing was promised yet.
  const noting = noteClaimed(deps, claim, { row, sees: opensAtOnce });
  const opened = await openNoted(deps, request, { session, noting });
  if (opened === null) return reuseUpload(deps, userId, { row, keep: input.keep });
  return answer(deps, request, { opened, keep: input.keep, isNoted: session !== null });
}

/** Writes the row of an upload if the claim stands, which is looked up before that or seen by it; false where there is no quota for it. */
async function noteClaimed(
  { database, openTogether }: Used,
  { principal: { userId }, session, confirm }: Claim,
  { row, sees }: { readonly row: OpenedUpload; readonly sees: boolean },
): Promise<boolean> {
  if (await openTogether({ userId, session: sees ? session : null }, row)) return true;
  // It may be one of the others for which there is no room; what is refused alone has none.
  await confirm();
  return database.repositories.uploads.open(userId, [row]);
}

/**
 * The session of an upload whose row is being written; null, and no session, where there is no quota for it. A session that
 * can't be told beforehand is opened behind the row, so that a crash leaves none that nobody knows of. One that can is
 * opened meanwhile: a crash between the two leaves an empty one of no upload, which is swept, or an upload without one,
 * whose client is refused when it sends.
 */
async function openNoted(
  deps: Used,
  request: UploadSessionRequest,
  { session, noting }: { readonly session: string | null; readonly noting: Promise<boolean> },
): Promise<OpenedUploadSession | null> {
  const open = () => deps.objects.createUploadSession(request);
  if (session === null) return (await noting) ? endIfItFails(deps, request.uploadId, open()) : null;
  // In the next turn: in this one the statement is sent, which takes longer than the session.
  const [noted, opened] = await Promise.allSettled([noting, nextTurn().then(open)]);
  if (noted.status === 'fulfilled' && noted.value) {
    return endIfItFails(deps, request.uploadId, settled(opened));
  }
  if (opened.status === 'fulfilled') {
    await deps.objects.cancelUploadSession(request.key, session).catch((error: unknown) => {
      deps.log.warn(
        { err: error, uploadId: request.uploadId },
        'a session of no upload stays until it is swept',
      );
    });
  }
  // Whether a row whose writing failed is there nobody knows: the answer may have been lost.
  await endIfItFails(deps, request.uploadId, settled(noted));
  return null;
}

/** As it was settled. */
const settled = async <T>(result: PromiseSettledResult<T>): Promise<T> => {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
};

/** What the client is told of its session, noted with it where that was not known beforehand. */
function answer(
  deps: Used,
  request: UploadSessionRequest,
  { opened, keep, isNoted }: { opened: OpenedUploadSession; keep: KeepAnswer | undefined; isNoted: boolean },
): Promise<UploadResult> {
  const { database, objects } = deps;
  const { uploadId, key } = request;
  const { session } = opened;
  const note = async (result: UploadResult) => {
    if (keep === undefined) {
      return isNoted || database.repositories.uploads.setFirstSession(uploadId, session);
    }
    return database.transaction(
      async (repositories) => {
        if (!(await repositories.uploads.setSession(uploadId, session))) return false;
        await keep(repositories, result);
        return true;
      },
      { durable: false },
    );
  };
  const tell = async () => {
    const result = { upload: toUploadSession(request, opened) };
    if (await note(result)) return result;
    // Cancelled meanwhile: nobody would end the session later.
    await objects.cancelUploadSession(key, session);
    throw errors.uploadNotFound();
  };
  return endIfItFails(deps, uploadId, tell());
}

/** The same; when it fails, the upload is over, and what it reserved is free. */
async function endIfItFails<T>(
  { database, log, now }: Used,
  uploadId: string,
  opening: Promise<T>,
): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    await database.repositories.uploads.end(uploadId, now()).catch((endError: unknown) => {
      // It expires by itself, and what came first is what the client is told.
      log.warn({ err: endError, uploadId }, 'an upload that could not be opened stays until it expires');
    });
    throw error;
  }
}

type AlreadyStored = Extract<CreateUploadResult, { readonly alreadyStored: true }>;

/** The file that now has the known content; null when the content is not known. */
async function linkKnownContent(
  deps: Used,
  userId: string,
  { sha256, keep, ...input }: Input & { readonly numberNow: number | null },
): Promise<AlreadyStored | null> {
  if (sha256 === undefined) return null;
  // Most uploads bring new content: do not open a transaction to find that out.
  const known = await deps.database.repositories.blobs.findVerified(userId, sha256);
  if (known === null) return null;
  if (known.sizeBytes !== input.sizeBytes) {
    throw errors.sizeMismatch(input.sizeBytes, `content with this sha256 has ${known.sizeBytes} bytes`);
  }
  return linkingTransaction(deps, async (repositories) => {
    const content = {
      path: input.path,
      contentType: guessContentType(input.path, input.contentType),
      modifiedAt: input.modifiedAt === undefined ? null : new Date(input.modifiedAt),
      sha256,
      sizeBytes: input.sizeBytes,
      object: null,
      ifVersion: input.numberNow,
    };
    const [linked] = await linkVersions(deps, repositories, { userId, contents: [content] });
    if (!linked) return null;
    const file = await repositories.files.find(userId, linked.fileId);
    if (linked.change !== null) await repositories.changes.record(userId, [linked.change], 0);
    if (file === null) return null;
    const result = { file: toFileDto(file), alreadyStored: true as const };
    await keep?.(repositories, result);
    return result;
  });
}
