import { DEFAULT_IGNORES, IGNORE_FILE, type IgnoreRule, parseIgnoreFile } from '../model/ignore-file.ts';
import { ancestorsOf, parentOf } from '../model/local-path.ts';
import type { Clock, FileSystem } from './environment.ts';
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
  readonly files: Pick<FileSystem, 'look' | 'readIfThere'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly excludes: readonly string[];
  readonly isCaseSensitive: boolean;
  /** Rules have just changed. */
  readonly onChange: () => void;
}

/** More than anybody writes by hand. */
const MOST_BYTES = 1024 * 1024;
/** Programs that write such a file anew, or delete the folder that it is in, are done by then. */
const REST_MS = 3_000;

export function createFolderRules(options: FolderRulesOptions): FolderRules {
  const { files, onChange } = options;
  /** By folder; null: can't be used. */
  const texts = new Map<string, string | null>();
  const rulesOf = new Map<string, readonly IgnoreRule[]>();
  const matchers = createMatchers(rulesOf, options);
  let generation = 0;

  function change(folder: string, text: string | null, rules: readonly IgnoreRule[]): void {
    if (text === '') texts.delete(folder);
    else texts.set(folder, text);
    if (rules.length === 0) rulesOf.delete(folder);
    else rulesOf.set(folder, rules);
    generation += 1;
    matchers.clear();
    onChange();
  }

  const held = (folder: string) => (texts.has(folder) ? texts.get(folder) : '');

  /** The text of rules that held and now read otherwise; null: what held for the folder holds, which is gone itself. */
  async function settle(folder: string, first: string): Promise<string | null> {
    const text = texts.get(folder);
    const rules = rulesOf.get(folder) ?? [];
    if (text !== null) change(folder, null, []);
    const settled = await readAtRest(options, folder, first);
    if (settled === null && typeof text === 'string') change(folder, text, rules);
    return settled;
  }

  return {
    get generation() {
      return generation;
    },
    async refresh(folder) {
      try {
        const first = await read(files, folder);
        if (first === held(folder)) return false;
        const text = held(folder) === '' ? first : await settle(folder, first);
        if (text === null || text === held(folder)) return false;
        change(folder, text, parse(text, pathOf(folder), options));
        return true;
      } catch (error) {
        if (texts.get(folder) !== null) change(folder, null, []);
        // Where nothing in the folder can be looked at, it is not its rules that somebody has to put right.
        await files.look(pathOf(folder));
        throw new UnusableRulesError(folder, error);
      }
    },
    find({ localPath, kind }) {
      const folder = parentOf(localPath);
      if (texts.get(folder) === null) return { why: 'unclear', at: folder };
      const rule = ruleFor(matchers.of(folder), localPath, kind);
      return rule === null ? null : { why: 'ignored', at: localPath, rule };
    },
  };
}

async function read(files: FolderRulesOptions['files'], folder: string): Promise<string> {
  const bytes = await files.readIfThere(pathOf(folder), MOST_BYTES);
  return bytes === null ? '' : decode(bytes);
}

/**
 * Rules that hold are not given up for the sight of a moment: they may keep a secret on the machine, and the file may be
 * half written, or going with its folder. Until it has come to rest, nobody knows what they are. null: the folder itself
 * is gone.
 */
async function readAtRest(
  { files, clock }: Pick<FolderRulesOptions, 'clock' | 'files'>,
  folder: string,
  first: string,
): Promise<string | null> {
  for (let text = first; ; ) {
    await after(clock, REST_MS);
    if (folder !== '' && (await files.look(folder)) === null) return null;
    const next = await read(files, folder);
    if (next === text) return text;
    text = next;
  }
}

function after(clock: FolderRulesOptions['clock'], ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(ms, resolve);
  return promise;
}

/** What may be either a file or a folder is ignored when both would be. */
function ruleFor(matcher: IgnoreMatcher, localPath: string, kind: Candidate['kind']): IgnoreRule | null {
  const rule = matcher.find(localPath, kind !== 'file');
  return kind === 'unknown' && matcher.find(localPath, false) === null ? null : rule;
}

const pathOf = (folder: string) => (folder === '' ? IGNORE_FILE : `${folder}/${IGNORE_FILE}`);

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
