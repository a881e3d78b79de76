import { removeStrays } from './remove-strays.ts';
import type { SweepContext } from './sweep-context.ts';

/** Bytes of upload sessions that nothing in the database names are let go of. Returns how many. */
export async function removeStrayUploads(context: SweepContext): Promise<number> {
  const { unfinishedUploads } = context;
  if (unfinishedUploads === null) return 0;
  return removeStrays(context, {
    step: 'stray uploads',
    list: (options) => unfinishedUploads.list(options),
    judgedBy: (options) => context.objects.list(options),
  });
}
