/** A tus server from npm in a process of its own, and an upload to it. */
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { startProgram } from './child-program.ts';
import type { PeerServer } from './nginx.ts';
import { shell } from './shell.ts';

/** Takes them into `files` below `folder`. */
export async function startTus(folder: string): Promise<PeerServer> {
  await using stack = new AsyncDisposableStack();
  const program = stack.use(startProgram('tus-program.ts'));
  const directory = join(folder, 'files');
  await mkdir(directory);
  const { url } = await program.ask({ directory }, z.object({ url: z.string() }));
  const running = stack.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

const TUS = { 'tus-resumable': '1.0.0' } as const;

/** The one file of `source`: opened by POST, and sent in one PATCH by curl, which is no burden to the server. */
export async function uploadToTus(source: string, url: string): Promise<void> {
  const [name] = await readdir(source);
  if (name === undefined) throw new Error('there is nothing to upload');
  const path = join(source, name);
  const { size } = await stat(path);
  const opened = await fetch(url, { method: 'POST', headers: { ...TUS, 'upload-length': String(size) } });
  const location = opened.headers.get('location');
  if (opened.status !== 201 || location === null) throw new Error(`tus answered ${opened.status}`);
  const headers = [
    'tus-resumable: 1.0.0',
    'upload-offset: 0',
    'content-type: application/offset+octet-stream',
  ];
  const options = headers.map((header) => `-H '${header}'`).join(' ');
  await shell(`curl -fsS -X PATCH ${options} -T '${path}' '${new URL(location, url).href}'`);
  const { headers: told } = await fetch(new URL(location, url), { method: 'HEAD', headers: TUS });
  if (told.get('upload-offset') !== String(size)) throw new Error('the tus server has not all of the file');
}
