/**
 * All that comes, in one piece; of a single chunk, that chunk itself. Node's own `buffer()` makes a `Blob` of it and reads
 * that by a stream: for small content that was a tenth of all the worker did.
 */
export async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  const [only = Buffer.alloc(0)] = chunks;
  return chunks.length > 1 ? Buffer.concat(chunks) : only;
}
