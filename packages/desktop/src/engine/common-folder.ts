/** The deepest folder of the server's that all of these lie in, with a "/" at its end; '' when that is the topmost. */
export function commonFolder(paths: readonly string[]): string {
  const [first = ''] = paths;
  let folder = folderOf(first);
  for (const path of paths) {
    while (!path.startsWith(folder)) folder = folderOf(folder.slice(0, -1));
  }
  return folder;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
