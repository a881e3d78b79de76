import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHECKOUT } from '../harness/environment.ts';

/** As GitHub names a heading in an address. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)));

/** Links of a document to places of the checkout that are not there. */
export async function findBrokenLinks(document: string): Promise<string[]> {
  const text = await readFile(join(CHECKOUT, document), 'utf8');
  const links = [...text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to = '']) => to,
  );
  const broken: string[] = [];
  for (const link of links.filter((to) => !/^[a-z]+:/.test(to))) {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    const isThere = existsSync(join(CHECKOUT, target));
    if (!isThere) broken.push(link);
    else if (anchor !== undefined && target.endsWith('.md')) {
      const anchors = anchorsOf(await readFile(join(CHECKOUT, target), 'utf8'));
      if (!anchors.has(anchor)) broken.push(link);
    }
  }
  return broken;
}
