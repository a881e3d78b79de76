import type { CommandContext } from '../context.ts';
import { askControl } from '../control/ask-control.ts';
import { describeWhy } from '../control/describe-why.ts';
import { findWatchesOf, notRunning } from '../control/find-watches.ts';
import { whyReplySchema } from '../control/protocol.ts';
import { printable } from '../format.ts';

/** Why a file or folder here is, or is not, on the server. */
export async function why(context: CommandContext, path: string): Promise<void> {
  const { output, signal, style } = context;
  let answers = 0;
  for (const { record, localPath } of await findWatchesOf(context, path)) {
    const request = { command: 'why', path: localPath } as const;
    const reply = await askControl(record.address, request, { schema: whyReplySchema, signal });
    if (reply === null) continue;
    answers += 1;
    const { folder, to, server } = record;
    const { path: state, ...rest } = reply;
    const name = printable(localPath === '' ? folder : localPath);
    output.result(
      { event: 'why', folder, to, server, localPath, ...state, ...rest },
      `${style.bold(name)} → ${server}\n${describeWhy(reply, style)}`,
    );
  }
  if (answers === 0) throw notRunning(` that has ${printable(path)} in its folder`);
}
