import { DEFAULT_IGNORES, IGNORE_FILE, type IgnoreRule, parseIgnoreFile } from '../model/ignore-file.ts';
import { ancestorsOf, parentOf } from '../model/local-path.ts';
import type { FileSystem } from './environment.ts';
import { createIgnoreMatcher, type IgnoreMatcher } from './ignore-matcher.ts';
import type { Candidate, LeftOut } from './selection.ts';
import { UnusableRulesError } from './unusable-rules-error.ts';

/** The rules that hold in each folder: those that are built in, those of its ignore files, those of the command line. */
export interface FolderRules {
  /** Grows whenever rules change. */
  readonly generation: number;
  /** Reads the ignore file of a folder. True when it says something else than before. Rejects when it can't be used. */
  refresh(folder: string): Promise<boolean>;
  /** Of something whose folder is followed. */
  find(candidate: Candidate): LeftOut | null;
}

export interface FolderRulesOptions {
  readonly files: Pick<FileSystem, 'readIfThere'>;
  readonly excludes: readonly string[];
  readonly isCaseSensitive: boolean;
  /** Rules have just changed. */
  readonly onChange: () => void;
}

/** More than anybody writes by hand. */
const MOST_BYTES = 1024 * 1024;

export function createFolderRules(options: FolderRulesOptions): FolderRules {
  const { files, onChange } = options;
  /** By folder; null: can't be used. */
  const texts = new Map<string, string | null>();
  const rulesOf = new Map<string, readonly IgnoreRule[]>();
  const matchers = createMatchers(rulesOf, options);
  let generation = 0;

  function change(folder: string, text: string | null, rules: readonly IgnoreRule[]): void {
    texts.set(folder, text);
    if (rules.length === 0) rulesOf.delete(folder);
    else rulesOf.set(folder, rules);
    if (text === '') texts.delete(folder);
    generation += 1;
    matchers.clear();
    onChange();
  }

  return {
    get generation() {
      return generation;
    },
    async refresh(folder) {
      const path = folder === '' ? IGNORE_FILE : `${folder}/${IGNORE_FILE}`;
      try {
        const bytes = await files.readIfThere(path, MOST_BYTES);
        const text = bytes === null ? '' : decode(bytes);
        if (text === (texts.has(folder) ? texts.get(folder) : '')) return false;
        change(folder, text, parse(text, path, options));
        return true;
      } catch (error) {
        if (texts.get(folder) !== null) change(folder, null, []);
        throw new UnusableRulesError(folder, error);
      }
    },
    find({ localPath, kind }) {
      const folder = parentOf(localPath);
      if (texts.get(folder) === null) return { why: 'unclear', at: folder };
      const matcher = matchers.of(folder);
      const rule = matcher.find(localPath, kind !== 'file');
      // What may be either is ignored when both would be.
      if (rule === null || (kind === 'unknown' && matcher.find(localPath, false) === null)) return null;
      return { why: 'ignored', at: localPath, rule };
    },
  };
}

/** One for all folders in which the same rules hold. */
function createMatchers(
  rulesOf: ReadonlyMap<string, readonly IgnoreRule[]>,
  { excludes, isCaseSensitive }: FolderRulesOptions,
) {
  const defaults = DEFAULT_IGNORES.map((pattern) => ruleOf(pattern, 'default'));
  const options = excludes.map((pattern) => ruleOf(pattern, 'option'));
  const byInnermost = new Map<string, IgnoreMatcher>();
  // Nearly all that is asked for in a row is of one folder.
  let last: { readonly folder: string; readonly matcher: IgnoreMatcher } | null = null;

  function find(folder: string): IgnoreMatcher {
    const chain = chainOf(folder).filter((each) => rulesOf.has(each));
    const key = chain.at(-1) ?? '';
    const known = byInnermost.get(key);
    if (known !== undefined) return known;
    const own = chain.flatMap((each) => rulesOf.get(each) ?? []);
    const matcher = createIgnoreMatcher([...defaults, ...own, ...options], { isCaseSensitive });
    byInnermost.set(key, matcher);
    return matcher;
  }

  return {
    of(folder: string): IgnoreMatcher {
      if (last?.folder !== folder) last = { folder, matcher: find(folder) };
      return last.matcher;
    },
    clear(): void {
      byInnermost.clear();
      last = null;
    },
  };
}

const chainOf = (folder: string): string[] => (folder === '' ? [''] : ['', ...ancestorsOf(folder), folder]);

function ruleOf(pattern: string, from: 'default' | 'option'): IgnoreRule {
  return { pattern, from, file: null, line: null };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('it is no text in UTF-8', { cause });
  }
}

function parse(
  text: string,
  path: string,
  { isCaseSensitive }: Pick<FolderRulesOptions, 'isCaseSensitive'>,
): readonly IgnoreRule[] {
  const { rules, problem } = parseIgnoreFile(text, path);
  if (problem !== null) throw new Error(problem);
  for (const rule of rules) {
    try {
      createIgnoreMatcher([rule], { isCaseSensitive });
    } catch (cause) {
      throw new Error(`line ${rule.line ?? 0} ("${rule.pattern}") is no pattern`, { cause });
    }
  }
  return rules;
}
