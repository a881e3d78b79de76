import { type Command, InvalidArgumentError } from 'commander';
import { patternProblem } from '../../model/ignore-file.ts';
import { byteSize } from './byte-size.ts';

/** What is wanted of a folder, as it was said on the command line. */
export interface FolderFlags {
  /** Patterns, as gitignore has them. */
  readonly exclude?: readonly string[];
  /** Folders below the watched one. */
  readonly only?: readonly string[];
  /** Bytes. */
  readonly maxSize?: number;
}

/** The options of whatever uploads folders. */
export function addFolderOptions(command: Command): Command {
  return command
    .option('--exclude <pattern>', 'leave out what this matches, as in a .gitignore (repeatable)', addPattern)
    .option('--only <subfolder>', 'only this folder in the watched one (repeatable)', addValue)
    .option('--max-size <size>', 'leave out larger files: 500k, 20M, 1.5G', byteSize);
}

/** The same again, as arguments of a command line. */
export function folderArgs({ exclude = [], only = [], maxSize }: FolderFlags): string[] {
  return [
    // In one word each: what begins with a dash is no option.
    ...exclude.map((pattern) => `--exclude=${pattern}`),
    ...only.map((folder) => `--only=${folder}`),
    ...(maxSize === undefined ? [] : [`--max-size=${maxSize}`]),
  ];
}

const addValue = (text: string, before: readonly string[] = []): string[] => [...before, text];

function addPattern(text: string, before?: readonly string[]): string[] {
  const problem = text.startsWith('#')
    ? 'is a comment (a name that begins so is written "\\#")'
    : patternProblem(text);
  if (problem !== null) throw new InvalidArgumentError(`The pattern ${problem}.`);
  return addValue(text, before);
}
