/** One call of a program, in words, without what stands before it or redirects it. */
export type Call = readonly string[];

/** What is called by shell commands of the simple kind that documents have; quotes are heeded, variables are not. */
export function splitCommands(text: string): Call[] {
  const joined = text.replaceAll('\\\n', ' ');
  const calls: string[][] = [[]];
  for (const [token] of joined.matchAll(
    /(?:^|(?<=\s))#.*|"[^"]*"|'[^']*'|&&|\|\||[|;\n]|(?:[^\s"'|;&]|"[^"]*"|'[^']*')+/g,
  )) {
    if (token.startsWith('#')) continue;
    if (/^(?:&&|\|\||[|;\n])$/.test(token)) calls.push([]);
    else calls.at(-1)?.push(token.replaceAll(/["']/g, ''));
  }
  return calls.filter((words) => words.length > 0);
}
