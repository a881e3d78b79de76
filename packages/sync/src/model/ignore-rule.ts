/** The line of ignore rules, as .gitignore has them, that means this one path below the folder and no other. */
export function ignoreRuleFor(localPath: string): string {
  const escaped = localPath
    .replaceAll(/[\\*?[\]!#]/g, String.raw`\$&`)
    .replace(/ +$/, (spaces) => spaces.replaceAll(' ', String.raw`\ `));
  return `/${escaped}`;
}
