import type { WorkItem } from './work-item.ts';

/**
 * Whether it pays to ask the server which contents it has before they are sent. After a crash, or with a state that was
 * lost, the first files in hand may be there already without that we know; in a folder that is new they never are.
 */
export interface LinkFirst {
  isWorthIt(items: readonly Pick<WorkItem, 'isHot'>[]): boolean;
  /** Of so many contents that are asked for it is not known yet whether they are there. */
  asks(contents: number): void;
  /** So many of those were there. */
  found(contents: number): void;
}

/** When none of so many contents is there, chances are that hardly any is. */
const MOST_IN_VAIN = 200;

export function createLinkFirst(): LinkFirst {
  let inVain = 0;
  return {
    // What somebody just saved is new.
    isWorthIt: (items) => inVain < MOST_IN_VAIN && items.some(({ isHot }) => !isHot),
    asks(contents) {
      inVain += contents;
    },
    found(contents) {
      if (contents > 0) inVain = 0;
    },
  };
}
