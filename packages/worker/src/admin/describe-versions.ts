import type { VersionUse } from '@instashare/backend/database';

/** `"a/b.txt" version 2, "c.txt" version 1 in the trash` */
export function describeVersions(versions: readonly VersionUse[]): string {
  if (versions.length === 0) return 'no file any more';
  return versions
    .map(
      ({ path, number, isInTrash }) =>
        `${JSON.stringify(path)} version ${number}${isInTrash ? ' in the trash' : ''}`,
    )
    .join(', ');
}
