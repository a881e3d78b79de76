import type { CommandContext } from '../context.ts';
import { describeStatus } from '../control/describe-status.ts';
import { askWatches } from '../control/find-watches.ts';

/** How the watch of a folder stands, or every one that runs. */
export async function status(context: CommandContext, folder: string | undefined): Promise<void> {
  for (const reply of await askWatches(context, folder, { command: 'status' })) {
    context.output.result({ event: 'status', ...reply }, describeStatus(reply, context.style));
  }
}
