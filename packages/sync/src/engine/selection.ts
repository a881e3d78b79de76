import type { IgnoreRule } from '../model/ignore-file.ts';
import type { KnownFile } from '../model/known-file.ts';
import { ancestorsOf } from '../model/local-path.ts';
import { createFolderRules, type FolderRulesOptions } from './folder-rules.ts';

/** What of the folder is wanted; all of it when nothing is said. */
export interface SelectionOptions {
  /** Patterns as gitignore has them. They count more than those of ignore files. */
  readonly excludes?: readonly string[] | undefined;
  /** Larger files stay where they are. */
  readonly maxSizeBytes?: number | undefined;
  /** Only what is in these folders, which are local paths. */
  readonly only?: readonly string[] | undefined;
  /** As the file system is: on most, `*.jpg` says nothing of `A.JPG`. */
  readonly isCaseSensitive?: boolean | undefined;
}

/** Something that may be followed; `unknown`: nobody has looked what it is. */
export interface Candidate {
  readonly localPath: string;
  readonly kind: 'file' | 'folder' | 'unknown';
  /** Of a file. */
  readonly sizeBytes?: number;
}

/** Why something is not followed; `at`: the local path, its own or that of a folder on the way, which that is said of. */
export type LeftOut = { readonly at: string } & (
  | { readonly why: 'excluded' | 'not_selected' | 'too_large' }
  | { readonly why: 'ignored'; readonly rule: IgnoreRule }
  /** The rules of that folder can't be used: nobody knows. */
  | { readonly why: 'unclear' }
);

/**
 * What of the folder is followed, by rules that may change at any time. What is left out is not uploaded, and what the
 * server has of it stays there.
 */
export interface Selection {
  /** Grows whenever rules change: what was asked before may have another answer now. */
  readonly generation: number;
  /** Reads the rules that stand in a folder. True when they are others than before. Rejects when they can't be used. */
  refresh(folder: string): Promise<boolean>;
  /** Of something whose folder is followed. */
  leavesOut(candidate: Candidate): LeftOut | null;
  /** The same, of it or of a folder on the way to it. */
  leavesOutWithin(candidate: Candidate): LeftOut | null;
  /** True when what the server has of a file stays there, whatever becomes of the file. */
  leavesAlone(known: Pick<KnownFile, 'localPath' | 'sizeBytes'>): boolean;
}

export interface SelectionParts
  extends SelectionOptions,
    Pick<FolderRulesOptions, 'clock' | 'files' | 'onChange'> {
  /** Paths that are none of ours to upload, whatever rules say. */
  readonly isExcluded: (localPath: string) => boolean;
}

export function createSelection(parts: SelectionParts): Selection {
  const { isExcluded, only = [], maxSizeBytes = Number.POSITIVE_INFINITY } = parts;
  const { excludes = [], isCaseSensitive = true } = parts;
  const rules = createFolderRules({ ...parts, excludes, isCaseSensitive });
  const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
  const isChosen = ({ localPath, kind }: Candidate) =>
    only.length === 0 ||
    only.some((each) => isWithin(localPath, each) || (kind !== 'file' && isWithin(each, localPath)));

  function leavesOut(candidate: Candidate): LeftOut | null {
    const { localPath: at, kind, sizeBytes = 0 } = candidate;
    if (isExcluded(at)) return { why: 'excluded', at };
    if (!isChosen(candidate)) return { why: 'not_selected', at };
    const ignored = rules.find(candidate);
    if (ignored !== null) return ignored;
    return kind === 'file' && sizeBytes > maxSizeBytes ? { why: 'too_large', at } : null;
  }

  function leavesOutWithin(candidate: Candidate): LeftOut | null {
    for (const folder of ancestorsOf(candidate.localPath)) {
      const left = leavesOut({ localPath: folder, kind: 'folder' });
      if (left !== null) return left;
    }
    return leavesOut(candidate);
  }

  return {
    get generation() {
      return rules.generation;
    },
    refresh: (folder) => rules.refresh(folder),
    leavesOut,
    leavesOutWithin,
    leavesAlone: ({ localPath, sizeBytes }) =>
      leavesOutWithin({ localPath, kind: 'file', sizeBytes }) !== null,
  };
}
