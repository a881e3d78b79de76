import { hash } from 'node:crypto';
import { isInstashareError } from '@instashare/client/node';
import { isUntouched, type LocalStat } from '../model/local-stat.ts';
import type { OpenFile, SyncEnvironment } from './environment.ts';
import type { Intended } from './intents.ts';
import { isStillOpen, type OpenContext } from './is-still-open.ts';
import { type ItemOutcome, knownAgain, type Recorded, requireUntouched } from './upload-outcome.ts';
import type { WorkItem } from './work-item.ts';

/** A small file as it was in one state: what is hashed is what is sent. */
export interface SmallContent {
  readonly item: WorkItem;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly recorded: Recorded;
}

export const intendedOf = ({ item: { localPath, path }, sha256 }: SmallContent): Intended => ({
  path,
  localPath,
  is: sha256,
  version: null,
});

/** What came of reading a small file: its content, or why there is nothing to send. */
export type SmallRead =
  | { readonly kind: 'content'; readonly content: SmallContent }
  | { readonly kind: 'settled'; readonly item: WorkItem; readonly outcome: ItemOutcome }
  | { readonly kind: 'failed'; readonly item: WorkItem; readonly error: unknown };

type Env = Pick<SyncEnvironment, 'clock' | 'files' | 'state'>;
type Context = OpenContext & { readonly env: Env };

/** Enough to keep the disk busy; with a few bundles read at once still few open files. */
const READS_AT_ONCE = 8;

/** More than this is taken in whole steps of it: what is given back fits the next one, and no holes are left. */
const BLOCK_STEP_BYTES = 1024 * 1024;

/** The memory for the bytes of a bundle: a part of one block for each, since thousands of their own cost more. */
export function createBlock(items: readonly WorkItem[]): Uint8Array {
  const bytes = items.reduce((sum, { rest }) => sum + rest.stat.sizeBytes, 0);
  return new Uint8Array(
    bytes < BLOCK_STEP_BYTES ? bytes : Math.ceil(bytes / BLOCK_STEP_BYTES) * BLOCK_STEP_BYTES,
  );
}

/**
 * Frees a block when nobody reads it any more. Left to V8, ten and more of them lie about before it looks, and the
 * holes that they leave are filled badly.
 */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Reads small files, so many at once, into `block`. Each comes out once, in no particular order. */
export async function readSmallFiles(
  context: Context,
  items: readonly WorkItem[],
  block: Uint8Array,
): Promise<SmallRead[]> {
  const reads: SmallRead[] = [];
  const left = withRoom(items, block);
  const readOn = async () => {
    for (const { item, room } of left) reads.push(await readSmall(context, item, room));
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readOn));
  return reads;
}

/** Each item with its part of the block. */
function* withRoom(items: readonly WorkItem[], block: Uint8Array) {
  let start = 0;
  for (const item of items) {
    const end = start + item.rest.stat.sizeBytes;
    yield { item, room: block.subarray(start, end) };
    start = end;
  }
}

async function readSmall(context: Context, item: WorkItem, room: Uint8Array): Promise<SmallRead> {
  const { env } = context;
  try {
    await using file = await env.files.open(item.localPath);
    const stat = await file.stat();
    if (stat === null) return { kind: 'settled', item, outcome: { kind: 'vanished' } };
    if (!isUntouched(item.rest.stat, stat)) {
      return { kind: 'settled', item, outcome: { kind: 'restless', stat } };
    }
    if (await isStillOpen(context, item, file)) return { kind: 'settled', item, outcome: { kind: 'open' } };
    return await readAtRest({ env, item, room }, file, stat);
  } catch (error) {
    return { kind: 'failed', item, error };
  }
}

async function readAtRest(
  { env, item, room }: { readonly env: Env; readonly item: WorkItem; readonly room: Uint8Array },
  file: OpenFile,
  stat: LocalStat,
): Promise<SmallRead> {
  const recorded = { stat, recordedAtMs: env.clock.now().wallMs };
  try {
    await readWhole(file, stat, room);
  } catch (error) {
    if (!isInstashareError(error, 'source_changed')) throw error;
    return { kind: 'settled', item, outcome: { kind: 'restless', stat: await file.stat() } };
  }
  const sha256 = hash('sha256', room, 'hex');
  const known = env.state.known(item.path);
  if (known?.sha256 === sha256) {
    return { kind: 'settled', item, outcome: { kind: 'same', known: knownAgain(known, item, recorded) } };
  }
  return { kind: 'content', content: { item, bytes: room, sha256, recorded } };
}

/**
 * Fills `target` with all bytes of the file in one state. Rejects with `source_changed` when there is no such
 * state now.
 */
async function readWhole(file: OpenFile, stat: LocalStat, target: Uint8Array): Promise<void> {
  let position = 0;
  while (position < target.byteLength) {
    const bytesRead = await file.read(target.subarray(position), position);
    if (bytesRead === 0) break;
    position += bytesRead;
  }
  await requireUntouched(file, stat);
}
