import { hash } from 'node:crypto';
import { bytesSource } from '@instashare/client';
import type { LocalStat } from '../model/local-stat.ts';
import type { OpenFile } from './environment.ts';
import {
  type ItemOutcome,
  knownAfterUpload,
  knownAgain,
  modifiedAtOf,
  requireUntouched,
  UPLOAD_RETRY,
  type UploadContext,
} from './upload-outcome.ts';

/** Reads a small file once, whole; what is hashed is what is sent. */
export async function uploadSmall(
  { env, item, signal }: UploadContext,
  file: OpenFile,
  stat: LocalStat,
): Promise<ItemOutcome> {
  const recorded = { stat, recordedAtMs: env.clock.now().wallMs };
  const bytes = await readWhole(file, stat);
  const sha256 = hash('sha256', bytes, 'hex');
  const known = env.state.known(item.path);
  if (known?.sha256 === sha256) return { kind: 'same', known: knownAgain(known, item, recorded) };
  const upload = await env.remote.upload({
    path: item.path,
    source: bytesSource(bytes),
    sha256,
    modifiedAt: modifiedAtOf(stat),
    retry: UPLOAD_RETRY,
    signal,
  });
  return { kind: 'stored', known: knownAfterUpload(item, recorded, upload), upload };
}

/** All bytes of the file in one state. Rejects with `source_changed` when there is no such state now. */
async function readWhole(file: OpenFile, stat: LocalStat): Promise<Uint8Array> {
  const bytes = new Uint8Array(stat.sizeBytes);
  let position = 0;
  while (position < bytes.byteLength) {
    const bytesRead = await file.read(bytes.subarray(position), position);
    if (bytesRead === 0) break;
    position += bytesRead;
  }
  await requireUntouched(file, stat);
  return bytes;
}
