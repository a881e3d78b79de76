import { z } from 'zod';
import { StorageError } from '../../errors/index.ts';
import type { ObjectStat } from '../object-store.ts';

/** What we read of Google's `Object` resource, in which 64-bit numbers are text. */
const resourceSchema = z.object({
  size: z.coerce.number().int().min(0),
  crc32c: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export type ObjectResource = z.infer<typeof resourceSchema>;

export function parseResource(value: unknown): ObjectResource {
  const parsed = resourceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StorageError('storage_failed', 'Google Cloud Storage describes an object in an unknown way', {
    cause: parsed.error,
  });
}

/** The store itself knows crc32c only: a SHA-256 in its metadata would be somebody's claim. */
export function toStat({ size, crc32c }: ObjectResource): ObjectStat {
  return { sizeBytes: size, sha256: null, crc32c };
}
