import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { formatBytes, formatCount } from '../format.ts';
import { ask } from '../prompt.ts';

/** Removes what is in the trash for good, when the person has said so. */
export async function emptyTrash(
  context: CommandContext,
  { isConfirmed }: { readonly isConfirmed: boolean },
): Promise<void> {
  const { output, signal, stdin } = context;
  if (!isConfirmed && !stdin.isTTY) {
    const message =
      'This removes files for good, and there is no terminal to ask: use --yes when it is meant';
    throw new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });
  }
  await using connection = await connect(context);
  const { client } = connection;
  const { trash } = await client.call((trpc) => trpc.usage.get.query(undefined, { signal }));
  if (trash.files > 0 && !isConfirmed) {
    const what = `${formatCount(trash.files, 'file')}, ${formatBytes(trash.sizeBytes)}`;
    const answer = await ask(context, `Remove ${what}, for good? Type "yes"`);
    if (answer.toLowerCase() !== 'yes') throw new CliError('Nothing was removed', { code: 'declined' });
  }
  const { files } = await client.call((trpc) => trpc.trash.empty.mutate(undefined, { signal }));
  const text = files === 0 ? 'The trash is empty' : `Removed ${formatCount(files, 'file')} for good`;
  output.result({ event: 'trash_emptied', files }, text);
}
