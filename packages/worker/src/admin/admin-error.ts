export const EXIT = {
  done: 0,
  /** Damage was found, or some of what was asked for could not be done. */
  notWell: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** It could not be done: the configuration, the database or the store, or it was refused. Nothing is half done. */
  failed: 3,
  /** Stopped by Ctrl-C: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

/** Something that who runs the command can put right. Its message is all that they are shown. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}

/** The command line makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
