/** What a path may hold: the sha256 of its content, or null for no file. */
export type Content = string | null;

/**
 * What one client knows of its files. An operation whose answer got lost has happened or not: until the next
 * answer its path may hold either. What the server acknowledged it may hold only that.
 */
export interface Journal {
  /** About to ask for `content` at `path`. */
  asking(path: string, content: Content): void;
  /** The server said that it is so. */
  acknowledged(path: string, content: Content): void;
  /** What each path may hold now. */
  readonly possible: ReadonlyMap<string, ReadonlySet<Content>>;
  /** How many operations were acknowledged. */
  readonly acknowledgements: number;
}

export function createJournal(): Journal {
  const possible = new Map<string, Set<Content>>();
  let acknowledgements = 0;
  return {
    possible,
    asking(path, content) {
      possible.set(path, new Set([...(possible.get(path) ?? [null]), content]));
    },
    acknowledged(path, content) {
      possible.set(path, new Set([content]));
      acknowledgements += 1;
    },
    get acknowledgements() {
      return acknowledgements;
    },
  };
}
