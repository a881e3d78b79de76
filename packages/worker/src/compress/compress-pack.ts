import { hash } from 'node:crypto';
import { looksLikeSeekTable } from '@instashare/backend/content';
import { freeMemory } from '@instashare/backend/streams';
import type { CompressOptions, Verdict } from './compress-blob.ts';
import { mismatch } from './digest.ts';
import { layOut, type Member, type PackedBlob, readGroup, writePack } from './pack-object.ts';
import { isWorthIt } from './plan.ts';

/** What came of the blobs, by id: a verdict, or why there is none. */
export interface PackOutcome {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly faults: ReadonlyMap<string, unknown>;
}

export interface PackOptions extends Pick<CompressOptions, 'objects' | 'compressFrame' | 'level' | 'signal'> {
  /** Where the new object goes: a key that was never used, and that the sweep removes unless it is kept. */
  readonly targetKey: string;
}

/**
 * Verifies small blobs that share objects, and compresses them into one new object that they share, in the zstd
 * seekable format: each one is a frame of its own, to be read without the others, or stands there as it is where a
 * frame would not pay. Changes no row and no object that is there.
 * They stay where they are when all of it would save nothing. An object that can not be read is the fault of its
 * blobs alone; rejects when the new one can not be written.
 *
 * In memory: the contents of all of them, so they must be few enough for that.
 */
export async function compressPack(blobs: readonly PackedBlob[], options: PackOptions): Promise<PackOutcome> {
  const { verdicts, faults, members, groups } = await encodeAll(blobs, options);
  const pack = layOut(members, options.targetKey);
  const sizeBytes = pack.bytes.length;
  for (const copied of [...groups, ...members.map(({ stored }) => stored)]) freeMemory(copied);
  const contentBytes = members.reduce((sum, { blob }) => sum + blob.sizeBytes, 0);
  if (!isWorthIt(contentBytes, sizeBytes)) {
    for (const { blob } of members) verdicts.set(blob.id, { kind: 'ready', location: blob });
    return { verdicts, faults };
  }
  await writePack(pack, options);
  for (const { blob, location } of pack.places) verdicts.set(blob.id, { kind: 'ready', location });
  return { verdicts, faults };
}

async function encodeAll(blobs: readonly PackedBlob[], options: PackOptions) {
  const verdicts = new Map<string, Verdict>();
  const faults = new Map<string, unknown>();
  const members: Member[] = [];
  /** What was read of each object: the contents of members are parts of it. */
  const groups: Buffer[] = [];
  const inOrder = blobs.toSorted((a, b) => a.objectOffset - b.objectOffset);
  for (const group of Map.groupBy(inOrder, ({ objectKey }) => objectKey).values()) {
    try {
      const good: Promise<Member>[] = [];
      const { bytes, parts } = await readGroup(options, group);
      for (const { blob, stored: content } of parts) {
        const reason = mismatch(blob, { sha256: hash('sha256', content, 'hex'), sizeBytes: content.length });
        if (reason === null) good.push(encode(blob, content, options));
        else verdicts.set(blob.id, { kind: 'failed', reason });
      }
      members.push(...(await Promise.all(good)));
      // Of a group that failed, some may still be at work on it.
      groups.push(bytes);
    } catch (error) {
      options.signal.throwIfAborted();
      for (const { id } of group) faults.set(id, error);
    }
  }
  return { verdicts, faults, members, groups };
}

async function encode(
  blob: PackedBlob,
  content: Buffer,
  { compressFrame, level, signal }: PackOptions,
): Promise<Member> {
  signal.throwIfAborted();
  const frame = content.length === 0 ? content : await compressFrame(content, level);
  const pays = content.length > 0 && isWorthIt(content.length, frame.length) && !looksLikeSeekTable(frame);
  return pays ? { blob, encoding: 'zstd', stored: frame } : { blob, encoding: 'identity', stored: content };
}
