import { listTrashed } from '../../adapters/list-files.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatBytes, formatCount, formatTime, printable } from '../format.ts';

/** Size, when it was deleted, the day from which it is gone for good, and the path it had. */
export async function listTrash(context: CommandContext, prefix: string | undefined): Promise<void> {
  await using connection = await connect(context);
  const { output, signal, stdout, style } = context;
  let files = 0;
  for await (const file of listTrashed(connection.client, { prefix, signal })) {
    files += 1;
    const columns = [
      formatBytes(file.sizeBytes).padStart(8),
      `deleted ${formatTime(file.deletedAt)}`,
      style.dim(`until ${formatTime(file.purgedFrom).slice(0, 10)}`),
      printable(file.path),
    ];
    output.result({ event: 'trashed_file', ...file }, columns.join('  '));
  }
  if (stdout.isTTY) output.note(`${formatCount(files, 'file')} in the trash`);
}
