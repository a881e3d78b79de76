/**
 * The command that runs `command` as a user whom file permissions bind. Root is not bound by them: the two
 * capabilities that make it so are taken away, which leaves everything else as it is.
 */
export function boundByPermissions(command: readonly string[]): string[] {
  if (process.getuid?.() !== 0) return [...command];
  return ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--', ...command];
}
