import type { AddHelpTextContext } from 'commander';

const DEFAULT_COLUMNS = 80;
/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;

/** Text below a command's help, its paragraphs wrapped where the terminal ends; tables stay as they are. */
export function paragraphs(text: string): (context: AddHelpTextContext) => string {
  return ({ command, error }) => {
    const output = command.configureOutput();
    const columns = error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.();
    return wrapParagraphs(text, Math.min(columns ?? DEFAULT_COLUMNS, MOST_COLUMNS));
  };
}

export function wrapParagraphs(text: string, columns: number): string {
  return text
    .split('\n\n')
    .map((paragraph) => (/^\S+:\n? {2}/m.test(paragraph) ? paragraph : wrap(paragraph, columns)))
    .join('\n\n');
}

function wrap(paragraph: string, columns: number): string {
  // The line break at its start parts it from what is above.
  const [, start = '', rest = ''] = /^(\n*)([\s\S]*)$/.exec(paragraph) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of rest.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return start + [...lines, line].join('\n');
}
