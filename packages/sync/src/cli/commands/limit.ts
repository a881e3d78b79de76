import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { limitsOf } from '../control/describe-status.ts';
import { askWatches } from '../control/find-watches.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { printable } from '../format.ts';

export interface LimitOptions {
  readonly folder: string | undefined;
  /** Bytes a second; false: no limit; left out: as before. */
  readonly up?: number | false;
  /** false: always; left out: as before. */
  readonly hours?: string | false;
}

/** Changes how fast, and when, the watch of a folder uploads, or every one that runs. */
export async function setLimits(context: CommandContext, { folder, up, hours }: LimitOptions): Promise<void> {
  if (up === undefined && hours === undefined) {
    const message = 'Say what to limit: --up RATE (or "none"), --hours FROM-TO (or "always")';
    throw new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });
  }
  const orNull = <T>(value: T | false | undefined) => (value === false ? null : value);
  const request = { command: 'limit', up: orNull(up), hours: orNull(hours) } as const;
  for (const reply of await askWatches(context, folder, request)) {
    const limits = limitsOf(reply);
    const text = limits === null ? 'no limits any more' : `limited to ${limits}`;
    context.output.result({ event: 'limited', ...reply }, `${printable(reply.folder)}: ${text}`);
  }
}
