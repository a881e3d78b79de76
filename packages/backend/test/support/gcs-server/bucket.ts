import { crc32c } from '@node-rs/crc32';
import { badRequest, conditionNotMet, notFound } from './answer.ts';

export interface StoredObject {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  /** As Google writes it. */
  readonly crc32c: string;
  readonly generation: number;
  readonly timeCreated: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface NewObject extends Pick<StoredObject, 'bytes' | 'contentType' | 'metadata' | 'name'> {
  /** 0: only when there is none. null: whatever there is. */
  readonly ifGenerationMatch: number | null;
  /** What the sender says the checksum is. */
  readonly crc32c: string | null;
}

function crc32cOf(bytes: Buffer): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32c(bytes));
  return digest.toString('base64');
}

interface ListQuery {
  readonly prefix: string;
  /** The first name that may be among them. */
  readonly from: string;
  readonly after: string | null;
  readonly limit: number;
}

/** Objects, in memory. */
export function createBucket(name: string) {
  const objects = new Map<string, StoredObject>();
  let generation = 1_700_000_000_000_000;

  return {
    name,
    objects: objects as ReadonlyMap<string, StoredObject>,

    get(key: string): StoredObject {
      const object = objects.get(key);
      if (object === undefined) throw notFound(`${name}/${key}`);
      return object;
    },

    insert({ ifGenerationMatch, ...object }: NewObject): StoredObject {
      const actual = crc32cOf(object.bytes);
      if (object.crc32c !== null && object.crc32c !== actual) {
        throw badRequest(`Provided CRC32C "${object.crc32c}" doesn't match calculated CRC32C "${actual}".`);
      }
      const present = objects.get(object.name);
      if (ifGenerationMatch !== null && (present?.generation ?? 0) !== ifGenerationMatch)
        throw conditionNotMet();
      generation += 1;
      const stored = { ...object, crc32c: actual, generation, timeCreated: new Date() };
      objects.set(object.name, stored);
      return stored;
    },

    delete(key: string): void {
      if (!objects.delete(key)) throw notFound(`${name}/${key}`);
    },

    makeOlder(byMs: number): void {
      for (const [key, object] of objects)
        objects.set(key, { ...object, timeCreated: new Date(object.timeCreated.getTime() - byMs) });
    },

    /** In the order of Google's: by the bytes of the names. */
    list({ prefix, from, after, limit }: ListQuery): StoredObject[] {
      return [...objects.values()]
        .filter((each) => each.name.startsWith(prefix) && each.name >= from)
        .filter((each) => after === null || each.name > after)
        .toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
        .slice(0, limit);
    },
  };
}

export type Bucket = ReturnType<typeof createBucket>;

export function toResource(bucket: Bucket, object: StoredObject) {
  return {
    kind: 'storage#object',
    bucket: bucket.name,
    name: object.name,
    generation: String(object.generation),
    metageneration: '1',
    contentType: object.contentType,
    size: String(object.bytes.length),
    crc32c: object.crc32c,
    timeCreated: object.timeCreated.toISOString(),
    metadata: object.metadata,
  };
}
