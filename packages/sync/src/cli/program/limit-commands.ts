import type { Command } from 'commander';
import { byteRate } from './byte-size.ts';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { hoursText } from './folder-options.ts';
import { paragraphs } from './help-text.ts';

const LIMIT_HELP = `
It holds until the watch ends; "instashare watch" and "service install" take --limit-up and --hours. The bytes a second
are those of the whole process: all folders that one "instashare watch" was given share them.`;

const CONFIRM_HELP = `
A watch that finds most of its folder gone, or another folder at its place, asks before it deletes that on the server.
What is deleted lies in the trash for a while.`;

interface LimitFlags {
  /** false: none. */
  readonly up?: number | false;
  /** false: always. */
  readonly hours?: string | false;
}

export function addLimitCommands({ program, contextOf }: CommandSetup): void {
  addCommand(program, 'limit [folder]')
    .description('change how fast, and when, a running watch uploads')
    .option('--up <rate>', 'bytes a second at most: 500k, 2M; or "none"', orWord('none', byteRate))
    .option('--hours <from-to>', 'upload only then: 22:00-06:00; or "always"', orWord('always', hoursText))
    .addHelpText('after', paragraphs(LIMIT_HELP))
    .action(async (folder: string | undefined, options: LimitFlags, command: Command) => {
      const { setLimits } = await import('../commands/limit.ts');
      await setLimits(contextOf(command), { folder, ...options });
    });
  addCommand(program, 'confirm-deletes [folder]')
    .description('tell a running watch that what is gone from its folder is meant to be')
    .addHelpText('after', paragraphs(CONFIRM_HELP))
    .action(async (folder: string | undefined, _options: unknown, command: Command) => {
      const { confirmDeletes } = await import('../commands/confirm-deletes.ts');
      await confirmDeletes(contextOf(command), folder);
    });
}

/** Of null commander would make an empty text. */
function orWord<T>(word: string, read: (text: string) => T): (text: string) => T | false {
  return (text) => (text === word ? false : read(text));
}
