import ignore from 'ignore';

/** What is never uploaded, and what the person's own rules name, as .gitignore has them. */
export function excludedBy(
  isOurs: (localPath: string) => boolean,
  rules: string,
): (localPath: string) => boolean {
  const matcher = ignore().add(rules);
  return (localPath) => isOurs(localPath) || matcher.ignores(localPath);
}
