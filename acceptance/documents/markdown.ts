/** The documents of the project: their fenced blocks, and the commands that stand in their text. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT } from '../harness/environment.ts';

export interface Block {
  readonly document: string;
  /** The heading of second level that it stands below; '' before the first. */
  readonly section: string;
  /** Behind the fence; '' where nothing is. */
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

const IGNORED = new Set(['node_modules', 'test-results', '.git', '.instashare', 'dist']);

/** Every Markdown file of the checkout, by its path. */
export async function findDocuments(): Promise<string[]> {
  const found: string[] = [];
  const names = glob('**/*.md', {
    cwd: CHECKOUT,
    exclude: (path) => path.split('/').some((part) => IGNORED.has(part)),
  });
  for await (const path of names) found.push(path);
  return found.toSorted();
}

const readLines = async (document: string): Promise<string[]> =>
  (await readFile(join(CHECKOUT, document), 'utf8')).split('\n');

const FENCE = /^```(.*)$/;

export async function readBlocks(document: string): Promise<Block[]> {
  const blocks: Block[] = [];
  let section = '';
  let open: { language: string; line: number; text: string[] } | null = null;
  for (const [index, line] of (await readLines(document)).entries()) {
    const language = FENCE.exec(line)?.[1];
    if (open !== null && language === '') {
      blocks.push({ ...open, document, section, text: `${open.text.join('\n')}\n` });
      open = null;
    } else if (open !== null) open.text.push(line);
    else if (language !== undefined) open = { language, line: index + 1, text: [] };
    else section = /^## (.*)$/.exec(line)?.[1] ?? section;
  }
  if (open !== null) throw new Error(`${document}: the block of line ${open.line} has no end`);
  return blocks;
}

/** What stands between backticks in the text, outside of blocks. */
export async function readCodeSpans(document: string): Promise<string[]> {
  let isInBlock = false;
  const text = (await readLines(document)).filter((line) => {
    const isFence = FENCE.test(line);
    if (isFence) isInBlock = !isInBlock;
    return !isFence && !isInBlock;
  });
  return [...text.join('\n').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll('\n', ' '));
}
