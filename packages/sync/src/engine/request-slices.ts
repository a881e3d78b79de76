import { MAX_BATCH_FILES, utf8ByteLength } from '@instashare/contracts/rules';

/** A request may have 1 MiB. A path may be twice as long in JSON, and an id, a version and names come with it. */
const MAX_PATHS_BYTES = 448 * 1024;

/** Items in their order, as many at once as one request may be about. */
export function* requestSlices<T>(
  items: Iterable<T>,
  pathsOf: (item: T) => readonly string[],
): Generator<readonly T[]> {
  let slice: T[] = [];
  let sliceBytes = 0;
  for (const item of items) {
    const bytes = pathsOf(item).reduce((sum, path) => sum + utf8ByteLength(path), 0);
    if (slice.length === MAX_BATCH_FILES || (slice.length > 0 && sliceBytes + bytes > MAX_PATHS_BYTES)) {
      yield slice;
      slice = [];
      sliceBytes = 0;
    }
    slice.push(item);
    sliceBytes += bytes;
  }
  if (slice.length > 0) yield slice;
}
