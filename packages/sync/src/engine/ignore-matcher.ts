import ignore, { type Ignore } from 'ignore';
import { type IgnoreRule, mayBeDefault, rebasePattern } from '../model/ignore-file.ts';
import { nameOf, parentOf } from '../model/local-path.ts';

/** Tells what rules ignore, as git does: of several that match a path the last one counts. */
export interface IgnoreMatcher {
  /** The rule that ignores something whose folder is not ignored; null when none does. */
  find(localPath: string, isFolder: boolean): IgnoreRule | null;
}

export interface MatcherOptions {
  readonly isCaseSensitive: boolean;
}

/** The library keeps every answer for good; so many take some megabytes. */
const MOST_ANSWERS = 10_000;

/** `rules`: the last ones count most; those of files hold below their folder. Throws on a pattern that can't be used. */
export function createIgnoreMatcher(
  rules: readonly IgnoreRule[],
  { isCaseSensitive }: MatcherOptions,
): IgnoreMatcher {
  const options = { ignoreCase: !isCaseSensitive };
  const compiled = ignore(options).add(
    rules.map((rule, index) => ({ ...compile(rule), mark: String(index) })),
  );
  // A pattern is only looked into when it is first used.
  compiled.test('a');
  let matcher: Ignore = ignore(options).add(compiled);
  let answers = 0;
  const isOfDefaults = rules.every(({ from }) => from === 'default');
  return {
    find(localPath, isFolder) {
      // As in most folders, for each of its files: a fraction of what the library takes.
      if (isOfDefaults && !mayBeDefault(nameOf(localPath))) return null;
      answers += 1;
      if (answers % MOST_ANSWERS === 0) matcher = ignore(options).add(compiled);
      const path = localPath.normalize('NFC');
      const { rule } = matcher.test(isFolder ? `${path}/` : path);
      return rule === undefined ? null : (rules[Number(rule.mark)] ?? null);
    },
  };
}

function compile({ pattern, file }: IgnoreRule): { readonly pattern: string } {
  const folder = file === null ? '' : parentOf(file);
  return { pattern: rebasePattern(pattern.normalize('NFC'), folder.normalize('NFC')) };
}
