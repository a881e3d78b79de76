import type { CommandContext } from '../context.ts';
import { askWatches } from '../control/find-watches.ts';
import { formatCount, printable } from '../format.ts';

/** Tells the watch of a folder, or every one that runs, that what is gone is meant to be. */
export async function confirmDeletes(context: CommandContext, folder: string | undefined): Promise<void> {
  const before = await askWatches(context, folder, { command: 'status' });
  for (const reply of await askWatches(context, folder, { command: 'confirm-deletes' })) {
    const held =
      before.find((each) => each.folder === reply.folder && each.to === reply.to)?.heldDeletions ?? 0;
    const text =
      held === 0
        ? 'nothing waited to be confirmed'
        : `${formatCount(held, 'file')} that are gone from it go to the trash of the server`;
    const event = { event: 'deletes_confirmed', files: held, ...reply };
    context.output.result(event, `${printable(reply.folder)}: ${text}`);
  }
}
