import type { StateStore } from './environment.ts';

/** So many rows at once: the state may be written to between two pages. */
const PAGE_PATHS = 1_000;

/** The paths of all known files below a folder of the server ('': of all there are). */
export function* knownPathsBelow(
  state: Pick<StateStore, 'knownPaths'>,
  below: string,
): Generator<string, void> {
  for (let after: string | null = null; ; ) {
    const page = state.knownPaths({ below, after, limit: PAGE_PATHS });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_PATHS) return;
    after = last;
  }
}
