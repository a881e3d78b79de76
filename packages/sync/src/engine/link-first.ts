import type { StateStore } from './environment.ts';
import type { SmallContent } from './read-small.ts';

/**
 * Whether it pays to ask the server which contents it has before they are sent. A copy of a file that is stored is known
 * here by its content. After a crash, or with a state that was lost, the first files in hand may be there already without
 * that we know; in a folder that is new they never are.
 */
export interface LinkFirst {
  isWorthIt(contents: readonly Content[]): boolean;
  /** Of so many contents that are asked for it is not known yet whether they are there. */
  asks(contents: number): void;
  /** So many of those were there. */
  found(contents: number): void;
  /** Everything is stored: what comes from now on may be a copy of it. */
  caughtUp(): void;
}

type Content = Pick<SmallContent, 'sha256'> & { readonly item: Pick<SmallContent['item'], 'isHot'> };

/** When none of so many contents is there, chances are that hardly any is. */
const MOST_IN_VAIN = 200;

export function createLinkFirst(state: Pick<StateStore, 'knowsContent' | 'totals'>): LinkFirst {
  let inVain = 0;
  // A folder that goes up for the first time is not searched for copies: that would cost more than it saves.
  let mayBeCopies = state.totals().files > 0;
  return {
    isWorthIt(contents) {
      if (mayBeCopies && contents.some(({ sha256 }) => state.knowsContent(sha256))) return true;
      // What somebody just saved is new.
      return inVain < MOST_IN_VAIN && contents.some(({ item }) => !item.isHot);
    },
    asks(contents) {
      inVain += contents;
    },
    found(contents) {
      if (contents > 0) inVain = 0;
    },
    caughtUp() {
      mayBeCopies = true;
    },
  };
}
