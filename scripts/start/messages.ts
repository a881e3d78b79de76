import { join } from 'node:path';
import { localAccountFolder } from './local-account.ts';

export interface ReadyFacts {
  readonly url: string;
  readonly dataDir: string;
  /** How long the start took. */
  readonly startMs: number;
  readonly watched: string | null;
}

/** What a person needs to know once everything runs. */
export function readyMessage({ url, dataDir, startMs, watched }: ReadyFacts): string {
  return [
    `Instashare is ready (${(startMs / 1_000).toFixed(1)} s).`,
    `  API    ${url}`,
    `  Data   ${dataDir}`,
    `  Logs   ${join(dataDir, 'logs')}`,
    '  Stop   Ctrl-C',
    'Try next, in another terminal:',
    ...(watched === null ? withAnAccount(url) : withTheLocalAccount(dataDir)),
    `  curl ${url}/openapi.json`,
    ...(watched === null ? ['Or let this one upload a folder: npm start -- --watch FOLDER'] : []),
  ].join('\n');
}

function withAnAccount(url: string): string[] {
  // The CLI goes to the default address by itself, and afterwards to where it is logged in.
  const server = url === 'http://127.0.0.1:8321' ? '' : ` --server ${url}`;
  return [`  npx instashare register${server}`, '  npx instashare watch FOLDER', '  npx instashare ls'];
}

function withTheLocalAccount(dataDir: string): string[] {
  return [`  INSTASHARE_CONFIG_DIR='${localAccountFolder(dataDir)}' npx instashare ls`];
}
