import type { FileDto, UploadSession } from '@instashare/contracts';
import { isInstashareError } from '../errors/instashare-error.ts';
import { modifiedAtText } from './modified-at-text.ts';
import { callServer, isSessionGone, type UploadRun } from './upload-run.ts';

/** How an upload stands when it begins. */
export type Begun =
  /** The account has this content: done. */
  | { readonly kind: 'linked'; readonly file: FileDto }
  | { readonly kind: 'open'; readonly id: string; readonly session: UploadSession; readonly resume: boolean }
  /** The store has all of it; only the completion is missing, or its answer was lost. */
  | { readonly kind: 'received'; readonly id: string };

/** Finds the session to go on with, or opens a new one. */
export async function beginUpload(run: UploadRun, resumeUploadId: string | undefined): Promise<Begun> {
  const resumed = resumeUploadId === undefined ? null : await resumeUpload(run, resumeUploadId);
  return resumed ?? createUpload(run);
}

/** The session again, with an address that is good now. */
export function getSession(run: UploadRun, id: string): Promise<UploadSession> {
  return callServer(run, (api, options) => api.get(id, options));
}

async function resumeUpload(run: UploadRun, id: string): Promise<Begun | null> {
  try {
    return { kind: 'open', id, session: await getSession(run, id), resume: true };
  } catch (error) {
    if (isInstashareError(error, 'upload_finished')) return { kind: 'received', id };
    if (isSessionGone(error)) return null;
    throw error;
  }
}

async function createUpload(run: UploadRun): Promise<Begun> {
  const { sha256 } = run;
  const { path, source, modifiedAt, contentType, onSession } = run.options;
  const modifiedAtIso = modifiedAtText(modifiedAt);
  const input = {
    path,
    sizeBytes: source.sizeBytes,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(modifiedAtIso === undefined ? {} : { modifiedAt: modifiedAtIso }),
    ...(contentType === undefined ? {} : { contentType }),
  };
  const created = await callServer(run, (api, options) => api.create(input, options));
  if ('file' in created) return { kind: 'linked', file: created.file };
  await onSession?.(created.upload.id);
  return { kind: 'open', id: created.upload.id, session: created.upload, resume: false };
}
