/** Linux says "no space left on device" when it means that one may not watch so many folders, or from so many programs. */
export function explainWatchFailure(error: Error, platform: NodeJS.Platform): Error {
  if (platform !== 'linux') return error;
  const limit = limitOf(error.message);
  if (limit === null) return error;
  const { what, setting } = limit;
  return new Error(`this system allows too few ${what}: raise it with "sudo sysctl ${setting}"`, {
    cause: error,
  });
}

function limitOf(message: string): { readonly what: string; readonly setting: string } | null {
  if (/Too many open files|EMFILE/i.test(message)) {
    return { what: 'programs to watch folders', setting: 'fs.inotify.max_user_instances=1024' };
  }
  if (/No space left on device|ENOSPC/i.test(message)) {
    return { what: 'folders to be watched at once', setting: 'fs.inotify.max_user_watches=524288' };
  }
  return null;
}
