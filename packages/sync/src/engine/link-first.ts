import type { WorkItem } from './work-item.ts';

/**
 * Whether it pays to ask the server which contents it has before they are sent. After a crash, or with a state that was
 * lost, the first files in hand may be there already without that we know; in a folder that is new they never are.
 */
export interface LinkFirst {
  isWorthIt(items: readonly Pick<WorkItem, 'isHot'>[]): boolean;
  /** So many of the contents that were asked for were there. */
  asked(found: number): void;
}

const MOST_IN_VAIN = 3;

export function createLinkFirst(): LinkFirst {
  let inVain = 0;
  return {
    // What somebody just saved is new.
    isWorthIt: (items) => inVain < MOST_IN_VAIN && items.some(({ isHot }) => !isHot),
    asked(found) {
      inVain = found > 0 ? 0 : inVain + 1;
    },
  };
}
