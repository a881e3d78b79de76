/** Where in a path the name of the file begins, and where it ends: before its ending, if it has one. */
export function nameRange(path: string): [begin: number, end: number] {
  const begin = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  return [begin, dot > begin ? dot : path.length];
}
