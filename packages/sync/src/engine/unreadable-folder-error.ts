/** A folder on the way to what was to be looked at can't be read; its cause says why. */
export class UnreadableFolderError extends Error {
  /** Local path. */
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    super(`"${folder}" can't be read`, { cause });
    this.name = 'UnreadableFolderError';
    this.folder = folder;
  }
}
