import type { ListOptions } from '@instashare/backend/storage';
import { removeStrays } from './remove-strays.ts';
import type { SweepContext } from './sweep-context.ts';

/** Objects that nothing in the database names are let go of. Returns how many. */
export async function removeStrayObjects(context: SweepContext): Promise<number> {
  const list = (options: ListOptions) => context.objects.list(options);
  return removeStrays(context, { step: 'stray objects', list, judgedBy: list });
}
