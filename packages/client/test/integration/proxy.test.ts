/** C19: proxies are gone through, and whom the system trusts is trusted. `files.test` is a name that only the proxy knows. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
  type ProxyVariables,
} from '@instashare/client/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ConnectProxy,
  freePort,
  makeTestFolder,
  startConnectProxy,
  startTestApi,
  startTls,
  type TestFolder,
} from '../support/index.ts';

let stack: AsyncDisposableStack;
let proxy: ConnectProxy;
let folder: TestFolder;
let people = 0;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  proxy = stack.use(await startConnectProxy());
  folder = stack.use(await makeTestFolder());
});

afterAll(() => stack.disposeAsync());

const clientFor = (url: string, variables?: ProxyVariables): InstashareClient =>
  createInstashareClient({ url, auth: createMemoryAuthStore(), proxy: variables });

const person = () => ({ email: `p${(people += 1)}@example.org`, password: 'correct horse battery' });

/** What was asked of the proxy meanwhile. */
async function askedWhile(act: () => Promise<void>): Promise<string[]> {
  const before = proxy.asked.length;
  await act();
  return proxy.asked.slice(before);
}

/** Calls, an upload, a download and events; gives the path of the event. */
async function useAll(client: InstashareClient, name: string): Promise<string> {
  await client.register(person());
  const stop = new AbortController();
  const events = client.events({ signal: stop.signal });
  // The cursor: from here on nothing is missed.
  await events.next();
  const source = join(folder.path, name);
  await writeFile(source, `content of ${name}`);
  const { file } = await client.upload(source, { path: name });
  const target = join(folder.path, `${name} again`);
  await client.downloadFile({ file, to: target });
  expect(await readFile(target, 'utf8')).toBe(`content of ${name}`);
  try {
    for await (const event of events) if (event.kind === 'created') return event.path;
    return '';
  } finally {
    stop.abort();
  }
}

test('C19: calls, uploads, downloads and events go through HTTP_PROXY', async () => {
  const port = await freePort();
  const url = `http://files.test:${port}`;
  await using api = await startTestApi({ port, publicUrl: url });
  await using client = clientFor(`http://files.test:${api.port}`, { HTTP_PROXY: proxy.url });
  const asked = await askedWhile(async () => expect(await useAll(client, 'plain')).toBe('plain'));
  expect(asked).toContain(`GET ${url}/events`);
  expect(asked.filter((each) => each.startsWith('PUT '))).not.toEqual([]);
});

test('C19: NO_PROXY is kept to, and what is on this machine is never asked of a proxy', async () => {
  await using api = await startTestApi();
  await using local = clientFor(api.url, { HTTP_PROXY: proxy.url });
  await using excepted = clientFor('http://files.test:9', {
    http_proxy: proxy.url,
    no_proxy: 'other,files.test',
  });
  await using unaware = clientFor('http://files.test:9');
  const asked = await askedWhile(async () => {
    await local.register(person());
    for (const client of [excepted, unaware])
      await expect(client.register(person())).rejects.toMatchObject({ code: 'network' });
  });
  expect(asked).toEqual([]);
});

test('C19: through HTTPS_PROXY by CONNECT; a certificate must be trusted, and the error says what to do', async () => {
  const port = await freePort();
  const url = `https://files.test:${port}`;
  await using api = await startTestApi({ publicUrl: url });
  await using tls = await startTls({ folder: folder.path, port, targetPort: api.port });
  const variables = { HTTPS_PROXY: proxy.url };
  {
    await using client = clientFor(url, variables);
    await expect(client.register(person())).rejects.toThrow(
      /does not trust its certificate .*NODE_EXTRA_CA_CERTS/,
    );
  }
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, tls.certificate]);
  try {
    await using client = clientFor(url, variables);
    const asked = await askedWhile(async () => expect(await useAll(client, 'secret')).toBe('secret'));
    expect(new Set(asked)).toEqual(new Set([`CONNECT files.test:${port}`]));
  } finally {
    setDefaultCACertificates(before);
  }
});
