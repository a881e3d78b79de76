import { type FileDto, type ListFilesResult, MAX_PAGE_SIZE } from '@instashare/contracts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatBytes, formatCount, printable } from '../format.ts';

/** Lists page by page, so that the first lines come at once however many there are. */
export async function list(context: CommandContext, prefix: string | undefined): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal, stdout } = context;
  let cursor: string | null = null;
  let files = 0;
  let sizeBytes = 0;
  do {
    signal.throwIfAborted();
    const input = {
      limit: MAX_PAGE_SIZE,
      ...(prefix === undefined ? {} : { prefix: prefix.normalize('NFC') }),
      ...(cursor === null ? {} : { cursor }),
    };
    const page: ListFilesResult = await client.call((trpc) => trpc.files.list.query(input, { signal }));
    for (const file of page.items) {
      files += 1;
      sizeBytes += file.sizeBytes;
      output.result({ event: 'file', ...file }, lineOf(file));
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  if (stdout.isTTY) output.note(`${formatCount(files, 'file')}, ${formatBytes(sizeBytes)}`);
}

function lineOf(file: FileDto): string {
  const size = formatBytes(file.sizeBytes).padStart(9);
  const date = (file.modifiedAt ?? file.updatedAt).slice(0, 16).replace('T', ' ');
  return `${size}  ${file.status.padEnd(6)}  ${date}  ${printable(file.path)}`;
}
