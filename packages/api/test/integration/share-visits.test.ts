import { expect, test } from 'vitest';
import { listShares, share, unlock, withFile, withFolder } from '../support/shares.ts';
import { startTestApi } from '../support/test-api.ts';

test('a link to a file goes on working when the file is moved, and names it as it is called now', async () => {
  await using api = await startTestApi();
  const { token, id } = await withFile(api);
  const { url } = await share(api, token, { fileId: id });
  const moved = await api.request('POST', `/files/${id}/move`, { token, json: { path: 'kept/final.txt' } });
  expect(moved.status).toBe(200);
  expect((await api.request('GET', url)).text).toMatch(/final\.txt[^]*what I wrote/);
  const content = await api.request('GET', `${url}/content`);
  expect([content.status, content.text]).toEqual([200, 'what I wrote']);
  expect(content.headers.get('content-disposition')).toBe('attachment; filename=final.txt');
});

test('a link with so many downloads tells what one would be, which is none', async () => {
  await using api = await startTestApi();
  const { token, id } = await withFile(api);
  const { url } = await share(api, token, { fileId: id, maxDownloads: 1 });
  for (let asked = 0; asked < 3; asked += 1) {
    const { status, headers } = await api.request('HEAD', `${url}/content`);
    expect([status, headers.get('content-length'), headers.get('accept-ranges')]).toEqual([
      200,
      '12',
      'none',
    ]);
  }
  expect((await listShares(api, token))[0]?.downloads).toBe(0);
  expect((await api.request('GET', `${url}/content`)).text).toBe('what I wrote');
  expect((await api.request('HEAD', `${url}/content`)).status).toBe(404);
});

test('a password is guessed from one address so often and no more, of however many links', async () => {
  await using api = await startTestApi({ AUTH_ATTEMPTS_PER_MINUTE: '3' });
  const { token, id } = await withFile(api);
  const links = [];
  for (let made = 0; made < 4; made += 1) {
    links.push(await share(api, token, { fileId: id, password: 'open sesame' }));
  }
  const statuses = [];
  for (const { url } of links.slice(0, 3)) statuses.push((await unlock(url, 'a guess')).status);
  statuses.push((await unlock(links[3]?.url ?? '', 'open sesame')).status);
  expect(statuses).toEqual([401, 401, 401, 429]);
});

test('behind TLS a password gives a cookie that goes over TLS alone, and only to this link', async () => {
  await using api = await startTestApi({ PUBLIC_URL: 'https://files.example.org/in/a/folder' });
  const { token } = await api.register();
  const body = new FormData();
  body.append('file', new Blob(['what I wrote']), 'folder/notes.txt');
  const [file] = (await api.request('POST', '/upload_files', { token, body })).body.files;
  const { url } = await share(api, token, { fileId: file?.id ?? '', password: 'open sesame' });
  const path = new URL(url).pathname;
  const answer = await unlock(`${api.url}${path.slice(path.indexOf('/s/'))}`, 'open sesame');
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
    303,
    expect.stringMatching(
      new RegExp(`^instashare-share=[\\w.-]+; Path=${path}; Expires=[^;]+; HttpOnly; SameSite=Lax; Secure$`),
    ),
  ]);
});

test('no search engine may list a link, nor what it leads to', async () => {
  await using api = await startTestApi();
  const { url } = await withFolder(api);
  const [file] = /files\/[\w-]+\/content/.exec((await api.request('GET', url)).text) ?? [];
  const told = await Promise.all(
    ['', `/${file}`, '/zip', '/content'].map(async (path) => {
      const { status, headers } = await api.request('GET', `${url}${path}`);
      return [path === '' ? 'page' : path, status, headers.get('x-robots-tag')];
    }),
  );
  expect(told).toEqual([
    ['page', 200, 'noindex, nofollow'],
    [`/${file}`, 200, 'noindex, nofollow'],
    ['/zip', 200, 'noindex, nofollow'],
    ['/content', 404, 'noindex, nofollow'],
  ]);
});
