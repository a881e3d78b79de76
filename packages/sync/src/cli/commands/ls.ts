import type { FileDto } from '@instashare/contracts';
import { listFiles } from '../../adapters/list-files.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatBytes, formatCount, formatTime, printable } from '../format.ts';
import type { Style } from '../style.ts';

export interface ListOptions {
  readonly prefix: string | undefined;
  readonly isLong: boolean;
  readonly isFailed: boolean;
}

/** Lists page by page, so that the first lines come at once however many there are. */
export async function list(context: CommandContext, options: ListOptions): Promise<void> {
  await using connection = await connect(context);
  const { output, signal, stdout, style } = context;
  const status = options.isFailed ? 'failed' : undefined;
  let files = 0;
  let sizeBytes = 0;
  for await (const file of listFiles(connection.client, { prefix: options.prefix, status, signal })) {
    files += 1;
    sizeBytes += file.sizeBytes;
    output.result({ event: 'file', ...file }, lineOf(file, { ...options, style }));
  }
  if (stdout.isTTY) output.note(`${formatCount(files, 'file')}, ${formatBytes(sizeBytes)}`);
}

const SIZE_WIDTH = 8;

function lineOf(file: FileDto, { isLong, isFailed, style }: ListOptions & { readonly style: Style }): string {
  const size = formatBytes(file.sizeBytes).padStart(SIZE_WIDTH);
  const state = file.status.padEnd(6);
  const columns = [
    size,
    ...(isLong ? [formatBytes(file.storedBytes).padStart(SIZE_WIDTH)] : []),
    file.status === 'failed' ? style.red(state) : state,
    formatTime(file.modifiedAt ?? file.updatedAt),
    ...(isLong ? [`v${file.version}`.padEnd(4), file.sha256] : []),
    printable(file.path),
  ];
  const why = isFailed && file.failure !== null ? `: ${printable(file.failure)}` : '';
  return `${columns.join('  ')}${why}`;
}
