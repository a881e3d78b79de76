/** The line of ignore rules, as .gitignore has them, that means this one path below the folder and no other. */
export function ignoreRuleFor(localPath: string): string {
  const escaped = localPath
    .replaceAll(/[\\*?[\]!#]/g, String.raw`\$&`)
    .replace(/ +$/, (spaces) => spaces.replaceAll(' ', String.raw`\ `));
  return `/${escaped}`;
}

/** The rules with one more; as they are when it stands there already. */
export function withIgnoreRule(rules: string, localPath: string): string {
  const rule = ignoreRuleFor(localPath);
  const lines = rules.split('\n').filter((line) => line !== '');
  return lines.includes(rule) ? rules : [...lines, rule].join('\n');
}
