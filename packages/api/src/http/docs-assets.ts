import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DOCS_SCRIPT, DOCS_SCRIPT_TEXT } from './docs-page.ts';

export interface DocsAsset {
  readonly content: Buffer;
  /** In its quotes. */
  readonly etag: string;
}

/** Gives the parts of the page by their names. Each is read once, when it is first asked for. */
export function createDocsAssets(): (name: string) => Promise<DocsAsset> {
  const assets = new Map<string, Promise<DocsAsset>>();
  return (name) => {
    const known = assets.get(name);
    if (known !== undefined) return known;
    const read = readAsset(name);
    assets.set(name, read);
    // What could not be read may be the next time.
    read.catch(() => assets.delete(name));
    return read;
  };
}

async function readAsset(name: string): Promise<DocsAsset> {
  const content =
    name === DOCS_SCRIPT
      ? Buffer.from(DOCS_SCRIPT_TEXT)
      : await readFile(new URL(name, import.meta.resolve('swagger-ui-dist/package.json')));
  return { content, etag: `"${createHash('sha256').update(content).digest('hex')}"` };
}
