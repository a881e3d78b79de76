import type { CommandContext } from '../context.ts';
import { askWatches } from '../control/find-watches.ts';
import { printable } from '../format.ts';

/** Makes the watch of a folder, or every one that runs, upload nothing for now, or go on. */
export async function setPaused(
  context: CommandContext,
  { folder, isPaused }: { readonly folder: string | undefined; readonly isPaused: boolean },
): Promise<void> {
  for (const reply of await askWatches(context, folder, { command: isPaused ? 'pause' : 'resume' })) {
    const text = isPaused
      ? `${printable(reply.folder)} is paused, after a restart as well: "instashare resume" goes on`
      : `${printable(reply.folder)} goes on`;
    context.output.result({ event: isPaused ? 'paused' : 'unpaused', ...reply }, text);
  }
}
