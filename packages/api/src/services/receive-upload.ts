import type { Readable } from 'node:stream';
import type { UploadReceiver, UploadSessionStatus } from '@instashare/backend/storage';
import type { Dependencies } from './dependencies.ts';
import { keepOpen } from './keep-open.ts';
import type { OpenUpload } from './require-open.ts';

type Used = Pick<Dependencies, 'config' | 'database' | 'log' | 'now' | 'objects'> & {
  readonly uploadReceiver: UploadReceiver;
};

export interface IncomingBody {
  /** Where its first byte goes. */
  readonly offset: number;
  readonly body: Readable;
  readonly signal: AbortSignal;
}

/** An upload is looked after several times in its life, and timers take no more than 24 days. */
const MAX_INTERVAL_MS = 60 * 60 * 1000;
const LOOKS_IN_A_LIFETIME = 8;

/**
 * Appends a body to an upload session, as `UploadReceiver.receive` does. While its bytes come, however long that
 * takes, and when some have come, the upload is kept open.
 */
export async function receiveUpload(
  deps: Used,
  upload: OpenUpload,
  { offset, body, signal }: IncomingBody,
): Promise<UploadSessionStatus> {
  const { config, objects, log } = deps;
  const { id, objectKey: key, sizeBytes } = upload;
  let receivedBytes = offset;
  const note = async (status: UploadSessionStatus): Promise<UploadSessionStatus> => {
    const isFurther =
      status.state === 'finished' || (status.state === 'open' && status.receivedBytes > receivedBytes);
    if (status.state === 'open') ({ receivedBytes } = status);
    if (isFurther) await keepOpen(deps, upload);
    return status;
  };
  const look = () => {
    objects
      .uploadSessionStatus(key, upload.session)
      .then(note)
      .catch((error: unknown) => log.warn({ err: error, uploadId: id }, 'an upload could not be kept open'));
  };
  const timer = setInterval(
    look,
    Math.min(MAX_INTERVAL_MS, (config.uploadExpiresSeconds * 1000) / LOOKS_IN_A_LIFETIME),
  );
  try {
    return await note(
      await deps.uploadReceiver.receive({ key, sizeBytes, offset, ownsChunks: true }, body, signal),
    );
  } finally {
    clearInterval(timer);
  }
}
