import type { Skipped, SkipReason } from '../../engine/sync-event.ts';
import type { IgnoreRule } from '../../model/ignore-file.ts';
import { printable } from '../format.ts';

const WORDS: Readonly<Record<Exclude<SkipReason, 'ignored'>, string>> = {
  symlink: 'a symbolic link: these are not followed',
  special: 'no file but a socket, a pipe or a device: there is nothing to upload',
  excluded: 'of those that are never uploaded: what Instashare itself keeps, and parts of downloads',
  not_selected: 'not in a folder that --only names',
  too_large: 'larger than --max-size allows',
  unclear: 'in a folder whose .instashareignore can not be used',
};

/** Why something is not uploaded; goes on from "it is". */
export function describeSkip({ why, rule }: Skipped): string {
  if (why !== 'ignored') return WORDS[why];
  return rule === undefined ? 'ignored' : `ignored by ${describeRule(rule)}`;
}

function describeRule({ pattern, from, file, line }: IgnoreRule): string {
  const quoted = `"${printable(pattern)}"`;
  switch (from) {
    case 'file':
      return `line ${line ?? 0} of ${printable(file ?? '')}: ${quoted}`;
    case 'option':
      return `--exclude ${quoted}`;
    case 'default':
      return `a rule that is built in: ${quoted}; a line "!${printable(pattern)}" in .instashareignore takes it back`;
  }
}
