import type { InstashareClient } from '@instashare/client/node';
import type { CommandContext } from '../context.ts';
import { formatCount, printable } from '../format.ts';
import { describeUsage } from './describe-event.ts';
import { findDamaged } from './find-damaged.ts';
import type { Watched } from './open-watched.ts';

/** Says what the server made of all; true when it found something damaged. */
export async function concludeUsage(
  { output, signal }: CommandContext,
  client: InstashareClient,
): Promise<boolean> {
  try {
    const usage = await client.call((trpc) => trpc.usage.get.query(undefined, { signal }));
    output.result({ event: 'usage', ...usage }, describeUsage(usage));
    return usage.byStatus.failed.files > 0;
  } catch {
    // It has been stored; what becomes of it there is told as far as it is known.
    return false;
  }
}

/** Says what of a folder is not stored, and what waits to be confirmed; gives how many those are. */
export async function concludeFolder(
  { output, signal }: CommandContext,
  { target: { folder, label, prefix }, sync, environment }: Watched,
  hasDamaged: boolean,
): Promise<number> {
  const problems = sync.problems();
  if (hasDamaged) problems.push(...(await findDamaged(environment, prefix, signal).catch(() => [])));
  const { heldDeletions } = sync.status();
  const held = heldDeletions === 0 ? {} : { heldDeletions };
  output.result({ event: 'finished', ...(label === null ? {} : { folder }), problems, ...held }, null);
  const where = label === null ? '' : ` of ${printable(folder)}`;
  if (heldDeletions > 0) {
    output.note(
      `Gone${where}, but kept on the server: ${formatCount(heldDeletions, 'file')} (--confirm-deletes)`,
    );
  }
  if (problems.length === 0) return heldDeletions;
  output.note(`Not stored${where}: ${formatCount(problems.length, 'file')}`);
  for (const { localPath, message } of problems)
    output.note(`  ${printable(localPath)}: ${printable(message)}`);
  return problems.length + heldDeletions;
}
