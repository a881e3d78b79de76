import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { paragraphs } from './help-text.ts';
import { addLimitCommands } from './limit-commands.ts';

const CONTROL_HELP = `
It asks the "instashare watch" that runs as the same person, in whichever terminal or service; without FOLDER every
one that runs.`;

const WHY_HELP = `
It tells where the file is on its way (stored, being sent, waiting for its turn or for a pause to end), and if it
failed: why, of which kind the failure is, when the next try is, and what to do.`;

export function addControlCommands(setup: CommandSetup): void {
  const { program, contextOf, onExitCode } = setup;
  addCommand(program, 'status [folder]')
    .description('show how a running watch stands: what is done, what is left, what is wrong')
    .addHelpText('after', paragraphs(CONTROL_HELP))
    .action(async (folder: string | undefined, _options: unknown, command: Command) => {
      const { status } = await import('../commands/status.ts');
      await status(contextOf(command), folder);
    });
  addCommand(program, 'why <path>')
    .description('tell why a file in a watched folder is, or is not, on the server')
    .addHelpText('after', paragraphs(WHY_HELP))
    .action(async (path: string, _options: unknown, command: Command) => {
      const { why } = await import('../commands/why.ts');
      await why(contextOf(command), path);
    });
  addCommand(program, 'sync [folder]')
    .description('make a running watch look through its folder now, and try again what failed')
    .option('--wait', 'until everything is stored; exit code 1 when something is not, or it is paused')
    .addHelpText('after', paragraphs(CONTROL_HELP))
    .action(async (folder: string | undefined, options: { wait?: boolean }, command: Command) => {
      const { sync } = await import('../commands/sync.ts');
      onExitCode(await sync(contextOf(command), { folder, waits: options.wait === true }));
    });
  addPauseCommands(setup);
  addLimitCommands(setup);
}

function addPauseCommands({ program, contextOf }: CommandSetup): void {
  addCommand(program, 'pause [folder]')
    .description('make a running watch upload nothing until "instashare resume", a restart included')
    .addHelpText('after', paragraphs(CONTROL_HELP))
    .action(async (folder: string | undefined, _options: unknown, command: Command) => {
      const { setPaused } = await import('../commands/pause.ts');
      await setPaused(contextOf(command), { folder, isPaused: true });
    });
  addCommand(program, 'resume [folder]')
    .description('make a watch that is paused go on')
    .addHelpText('after', paragraphs(CONTROL_HELP))
    .action(async (folder: string | undefined, _options: unknown, command: Command) => {
      const { setPaused } = await import('../commands/pause.ts');
      await setPaused(contextOf(command), { folder, isPaused: false });
    });
}
