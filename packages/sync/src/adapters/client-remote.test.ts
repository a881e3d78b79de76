import { createInstashareClient, type InstashareClient } from '@instashare/client/node';
import { listFilesInputSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createClientRemote } from './client-remote.ts';

const batchSchema = z.object({ 0: listFilesInputSchema });

/** A server of which every page of a listing holds one file, and what it was asked for. */
function servingPages(paths: readonly string[]) {
  const asked: unknown[] = [];
  const fetch = (url: URL) => {
    const { 0: input } = batchSchema.parse(JSON.parse(url.searchParams.get('input') ?? ''));
    asked.push(input);
    const page = Number(input.cursor ?? '0');
    const nextCursor = page + 1 < paths.length ? String(page + 1) : null;
    const data = { items: [{ path: paths[page], sha256: `of ${paths[page]}` }], nextCursor };
    return Promise.resolve(Response.json([{ result: { data } }]));
  };
  const client = createInstashareClient({ url: 'http://files.test', auth: { accessToken: 't' }, fetch });
  return { client, asked };
}

async function failedPaths(client: InstashareClient, folder: string): Promise<string[]> {
  const paths: string[] = [];
  const { signal } = new AbortController();
  for await (const { path } of createClientRemote(client).findFailed(folder, signal)) paths.push(path);
  return paths;
}

test('failed files are found on all pages, however many of them sort before', async () => {
  await using served = servingPages(['a', 'b', 'c']).client;
  expect(await failedPaths(served, '')).toEqual(['a', 'b', 'c']);
});

test('only those of the folder are asked for', async () => {
  const { client, asked } = servingPages(['docs/a']);
  await using served = client;
  expect(await failedPaths(served, 'docs')).toEqual(['docs/a']);
  expect(asked).toEqual([{ prefix: 'docs/', status: 'failed', limit: 1000 }]);
});
