import { formatCount } from '../../shared/format.ts';
import type { Restored } from '../../shared/trash-row.ts';
import type { Toast } from '../ui/toast-context.ts';

/** What a person is told who wanted files back. */
export function describeRestored({ restored, taken, failure }: Restored): Toast {
  const words = [
    restored === 0 && hasTrouble(taken, failure) ? 'Nothing was restored.' : restoredWords(restored),
  ];
  if (taken.length > 0)
    words.push(`${formatCount(taken.length, 'file')} stayed: other files have their paths by now.`);
  if (failure !== null) words.push(`The rest is still in the trash: ${failure}`);
  return { text: words.join(' '), isError: hasTrouble(taken, failure) };
}

const hasTrouble = (taken: Restored['taken'], failure: string | null): boolean =>
  taken.length > 0 || failure !== null;

const restoredWords = (count: number): string => `${formatCount(count, 'file')} restored.`;
