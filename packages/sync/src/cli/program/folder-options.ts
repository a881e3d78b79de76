import { type Command, InvalidArgumentError } from 'commander';
import { parseHours } from '../../model/hours.ts';
import { patternProblem } from '../../model/ignore-file.ts';
import { byteRate, byteSize } from './byte-size.ts';
import { wholeNumber } from './whole-number.ts';

/** What is wanted of folders, and how they are to be uploaded, as it was said on the command line. */
export interface FolderFlags {
  /** Patterns, as gitignore has them. */
  readonly exclude?: readonly string[];
  /** Folders below the watched one. */
  readonly only?: readonly string[];
  /** Bytes. */
  readonly maxSize?: number;
  /** Bytes a second. */
  readonly limitUp?: number;
  /** A part of the day. */
  readonly hours?: string;
  /** Large files at once. */
  readonly parallel?: number;
}

const MOST_AT_ONCE = 16;

/** The options of whatever uploads folders. */
export function addFolderOptions(command: Command): Command {
  return command
    .option('--exclude <pattern>', 'leave out what this matches, as in a .gitignore (repeatable)', addPattern)
    .option('--only <subfolder>', 'only this folder in the watched one (repeatable)', addValue)
    .option('--max-size <size>', 'leave out larger files: 500k, 20M, 1.5G', byteSize)
    .option('--limit-up <rate>', 'bytes a second at most, all uploads together: 500k, 2M', byteRate)
    .option('--hours <from-to>', 'upload only then, by the local time: 22:00-06:00', hoursText)
    .option(
      '--parallel <number>',
      `so many large files at once, and so many requests of small ones and one more (1 to ${MOST_AT_ONCE}, default: 2)`,
      wholeNumber(1, MOST_AT_ONCE),
    );
}

/** The same again, as arguments of a command line. */
export function folderArgs(flags: FolderFlags): string[] {
  const { exclude = [], only = [], maxSize, limitUp, hours, parallel } = flags;
  const single = { 'max-size': maxSize, 'limit-up': limitUp, hours, parallel };
  return [
    // In one word each: what begins with a dash is no option.
    ...exclude.map((pattern) => `--exclude=${pattern}`),
    ...only.map((folder) => `--only=${folder}`),
    ...Object.entries(single).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
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

export function hoursText(text: string): string {
  if (parseHours(text) !== null) return text;
  throw new InvalidArgumentError('It must be a part of the day, such as 22:00-06:00.');
}
