import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readZip } from '../support/read-zip.ts';
import { listShares, share, unlock, withFile, withFolder } from '../support/shares.ts';
import { startTestApi } from '../support/test-api.ts';

const nextOf = (page: string): string | undefined => /href="([^"]*\?after=[^"]*)"/.exec(page)?.[1];

describe('a link to a file', () => {
  test('shows and gives it to anybody, and nothing of its owner', async () => {
    await using api = await startTestApi();
    const { email, token, id, userId } = await withFile(api);
    const { url } = await share(api, token, { fileId: id });
    expect(url).toMatch(/\/s\/[\w-]{22}$/);
    const page = await api.request('GET', url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toMatch(/notes\.txt[^]*12 bytes[^]*what I wrote[^]*Download/);
    const told = page.text + JSON.stringify([...page.headers]);
    for (const hidden of [email, id, userId, 'folder', '<script']) expect(told).not.toContain(hidden);
    expect(page.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);

    const content = await api.request('GET', `${url}/content`);
    expect([content.status, content.text]).toEqual([200, 'what I wrote']);
    expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename="?notes\.txt/);
    const part = await api.request('GET', `${url}/content`, { headers: { range: 'bytes=5-' } });
    expect([part.status, part.text]).toEqual([206, 'I wrote']);
    expect((await listShares(api, token)).map(({ downloads }) => downloads)).toEqual([1]);
    expect(JSON.stringify(await api.sql('SELECT * FROM shares', []))).not.toContain(url.slice(-22));
  });

  test('ends at once when it is revoked, with its time, in the trash, and with the account', async () => {
    await using api = await startTestApi();
    const { token, id } = await withFile(api);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const links = {
      revoked: await share(api, token, { fileId: id }),
      late: await share(api, token, { fileId: id, expiresAt: soon }),
      kept: await share(api, token, { fileId: id }),
    };
    await api.request('DELETE', `/shares/${links.revoked.share.id}`, { token });
    await api.sql('UPDATE shares SET expires_at = now() WHERE id = $1', [links.late.share.id]);
    const status = async (url: string) => [
      (await api.request('GET', url)).status,
      (await api.request('GET', `${url}/content`)).status,
    ];
    expect(await status(links.revoked.url)).toEqual([404, 404]);
    expect(await status(links.late.url)).toEqual([404, 404]);
    expect(await status(links.kept.url)).toEqual([200, 200]);
    expect(await status(`${links.kept.url}x`)).toEqual([404, 404]);

    await api.request('DELETE', `/files/${id}`, { token });
    expect(await status(links.kept.url)).toEqual([404, 404]);
    await api.request('POST', `/trash/${id}/restore`, { token, json: {} });
    expect(await status(links.kept.url)).toEqual([200, 200]);
    await api.request('POST', '/account/delete', { token, json: { password: 'correct horse' } });
    expect(await status(links.kept.url)).toEqual([404, 404]);
  });

  test('S13: says where it is reported, locked as well, where whoever runs the server says so', async () => {
    const contact = 'mailto:abuse@example.org?subject="a link"';
    await using api = await startTestApi({ ABUSE_CONTACT: contact });
    const { token, id } = await withFile(api);
    const open = await share(api, token, { fileId: id });
    const locked = await share(api, token, { fileId: id, password: 'a secret' });
    const link = /<a href="([^"]*)" rel="noreferrer">Report this link<\/a>/;
    for (const { url } of [open, locked]) {
      const { text } = await api.request('GET', url);
      expect(link.exec(text)?.[1]).toBe(contact.replaceAll('"', '&quot;'));
    }
    await using other = await startTestApi();
    const file = await withFile(other);
    const { url } = await share(other, file.token, { fileId: file.id });
    expect((await other.request('GET', url)).text).not.toMatch(link);
  });

  test('S13: gives so many downloads and not one more, of 100 at once', async () => {
    await using api = await startTestApi();
    const { token, id } = await withFile(api);
    const { url } = await share(api, token, { fileId: id, maxDownloads: 7 });
    expect((await api.request('GET', url)).text).toMatch(/7 downloads left/);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        api.request('GET', `${url}/content`, n % 2 === 0 ? {} : { headers: { range: 'bytes=1-' } }),
      ),
    );
    const given = answers.filter(({ status }) => status === 200);
    expect(given.map(({ text }) => text)).toEqual(Array.from({ length: 7 }, () => 'what I wrote'));
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(93);
    expect((await listShares(api, token))[0]?.downloads).toBe(7);
    expect((await api.request('GET', url)).status).toBe(404);
  });

  test('S8: nothing that was uploaded runs in our origin, whatever it is', async () => {
    await using api = await startTestApi();
    for (const path of ['page.html', 'image.svg', 'paper.pdf']) {
      const { token, id } = await withFile(api, path, '<script>alert("x")</script>');
      const { url } = await share(api, token, { fileId: id });
      const page = await api.request('GET', url);
      expect(page.text).not.toContain('<script');
      const { headers } = await api.request('GET', `${url}/content?disposition=inline`);
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    }
  });

  test('a name can not break out of the page', async () => {
    await using api = await startTestApi();
    const { token, id } = await withFile(api, '"><img src=x onerror=alert(1)>.bin');
    const { url } = await share(api, token, { fileId: id });
    const { text } = await api.request('GET', url);
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('a password', () => {
  test('is asked for before anything is shown or given, and opens this link alone', async () => {
    await using api = await startTestApi();
    const { token, id } = await withFile(api);
    const { url, share: made } = await share(api, token, { fileId: id, password: 'open sesame' });
    const { url: other } = await share(api, token, { fileId: id, password: 'another one' });
    expect(made.hasPassword).toBe(true);
    const locked = await api.request('GET', url);
    expect([locked.status, locked.text.includes('type="password"')]).toEqual([401, true]);
    expect(locked.text).not.toContain('notes.txt');
    expect((await api.request('GET', `${url}/content`)).status).toBe(401);

    const wrong = await unlock(url, 'a guess');
    expect([wrong.status, (await wrong.text()).includes('The password is wrong')]).toEqual([401, true]);
    const right = await unlock(url, 'open sesame');
    const set = right.headers.get('set-cookie') ?? '';
    expect([right.status, new URL(right.headers.get('location') ?? '', url).href]).toEqual([303, url]);
    expect(set).toMatch(/; Path=\/s\/[\w-]{22}; .*HttpOnly; SameSite=Lax$/);
    const headers = { cookie: set.split(';')[0] ?? '' };
    expect((await api.request('GET', url, { headers })).text).toContain('notes.txt');
    expect((await api.request('GET', `${url}/content`, { headers })).text).toBe('what I wrote');
    expect((await api.request('GET', other, { headers })).status).toBe(401);
  });

  test('is guessed so often and no more, from however many addresses', async () => {
    await using api = await startTestApi({ ACCOUNT_ATTEMPTS_PER_MINUTE: '3' });
    const { token, id } = await withFile(api);
    const { url } = await share(api, token, { fileId: id, password: 'open sesame' });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => unlock(url, `guess ${n}`)));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([401, 401, 401, 429, 429, 429, 429, 429]);
    const limited = await unlock(url, 'open sesame');
    expect([limited.status, Number(limited.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });
});

describe('a link to a folder', () => {
  test('lists and gives what lies in it, what comes later too, and nothing else', async () => {
    await using api = await startTestApi();
    const { outside, token, url } = await withFolder(api);
    const { text } = await api.request('GET', url);
    expect(text).toMatch(/2026[^]*2 files[^]*beach\.txt[^]*deep\/sea\.txt/);
    expect(text).not.toMatch(/photos|secret/);
    const [first] = /files\/[\w-]+\/content/.exec(text) ?? [];
    expect((await api.request('GET', `${url}/${first}`)).text).toBe('sand');
    expect((await api.request('GET', `${url}/files/${outside}/content`)).status).toBe(404);
    expect((await api.request('GET', `${url}/content`)).status).toBe(404);
    await api.upload(token, 'photos/2026/late.txt', 'evening');
    expect((await api.request('GET', url)).text).toContain('3 files');
  });

  test('downloads as one zip, which is one download', async () => {
    await using api = await startTestApi();
    const { token, url } = await withFolder(api);
    const answer = await fetch(`${url}/zip`);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename=2026.zip',
    ]);
    const zip = Buffer.from(await answer.arrayBuffer());
    expect(readZip(zip)).toEqual({ 'beach.txt': 'sand', 'deep/sea.txt': 'blue' });
    expect((await listShares(api, token))[0]).toMatchObject({
      folder: 'photos/2026',
      fileId: null,
      downloads: 1,
    });
  });

  test('a zip names what it could not hold', async () => {
    await using api = await startTestApi();
    const owner = await withFolder(api);
    const { url } = owner;
    await api.sql(
      `UPDATE blobs SET status = 'failed', failure = 'damaged', verified_at = NULL
       WHERE id = (SELECT blob_id FROM file_versions v JOIN files f ON f.id = v.file_id WHERE path LIKE '%beach%')`,
      [],
    );
    const zip = Buffer.from(await (await fetch(`${url}/zip`)).arrayBuffer());
    const entries = readZip(zip);
    expect(Object.keys(entries)).toEqual(['deep/sea.txt', 'NOT INCLUDED.txt']);
    expect(entries['NOT INCLUDED.txt']).toContain('beach.txt');

    await api.sql("UPDATE files SET path = 'photos/2026/NOT INCLUDED.txt' WHERE path LIKE '%sea.txt'", []);
    const again = readZip(Buffer.from(await (await fetch(`${url}/zip`)).arrayBuffer()));
    expect(Object.keys(again)).toEqual(['NOT INCLUDED.txt', 'Instashare NOT INCLUDED.txt']);
    expect(again['NOT INCLUDED.txt']).toBe('blue');

    // The other name as well, which comes first.
    await api.upload(owner.token, 'photos/2026/Instashare NOT INCLUDED.txt', 'mine, too');
    const last = readZip(Buffer.from(await (await fetch(`${url}/zip`)).arrayBuffer()));
    expect(last).toEqual({
      'Instashare NOT INCLUDED.txt': 'mine, too',
      'NOT INCLUDED.txt': 'blue',
      'Instashare Instashare NOT INCLUDED.txt': expect.stringContaining('beach.txt') as unknown,
    });
  });

  test('a zip names what the store has lost, and holds what comes behind it', async () => {
    await using api = await startTestApi();
    const { url } = await withFolder(api);
    const lost = `UPDATE blobs SET object_key = object_key || '-gone' WHERE id =
      (SELECT blob_id FROM file_versions v JOIN files f ON f.id = v.file_id WHERE path LIKE '%beach%')`;
    await api.sql(lost, []);
    const answer = await fetch(`${url}/zip`);
    expect(answer.status).toBe(200);
    expect(readZip(Buffer.from(await answer.arrayBuffer()))).toEqual({
      'deep/sea.txt': 'blue',
      'NOT INCLUDED.txt': expect.stringContaining('beach.txt') as unknown,
    });
  });

  test('a download that runs when the link is revoked is broken off, of one file as of all', async () => {
    await using api = await startTestApi();
    const { token } = await api.register();
    // More than lies in buffers on the way.
    const large = Buffer.alloc(64 * 1024 * 1024, 'x').toString();
    await api.upload(token, 'big/a.bin', large);
    await api.upload(token, 'big/b.txt', 'never meant for you');
    const { share: made, url } = await share(api, token, { folder: 'big' });
    const [file] = /files\/[\w-]+\/content/.exec((await api.request('GET', url)).text) ?? [];
    const running = await Promise.all([`${url}/zip`, `${url}/${file}`].map((address) => fetch(address)));
    expect(running.map(({ status }) => status)).toEqual([200, 200]);
    expect((await api.request('DELETE', `/shares/${made.id}`, { token })).status).toBe(200);
    await delay(3_000);
    for (const answer of running) await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
  });

  test('of many files comes in pages, and whole as a zip', async () => {
    await using api = await startTestApi();
    const { userId, url } = await withFolder(api);
    await api.sql(
      `WITH source AS (
         SELECT v.blob_id FROM file_versions v JOIN files f ON f.id = v.file_id WHERE f.path LIKE '%beach%'
       ), file AS (
         INSERT INTO files (id, user_id, path)
         SELECT gen_random_uuid(), $1, 'photos/2026/n' || lpad(n::text, 4, '0') FROM generate_series(1, 1100) n
         RETURNING id
       )
       INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
       SELECT gen_random_uuid(), file.id, 1, blob_id, 'text/plain' FROM file, source`,
      [userId],
    );
    await api.sql(
      `UPDATE files SET current_version_id = v.id FROM file_versions v
       WHERE v.file_id = files.id AND current_version_id IS NULL`,
      [],
    );
    const pages = [await api.request('GET', url)];
    for (
      let next = nextOf(pages[0]?.text ?? '');
      next !== undefined;
      next = nextOf(pages.at(-1)?.text ?? '')
    ) {
      pages.push(await api.request('GET', new URL(next, url).href));
    }
    const listed = pages.reduce((sum, { text }) => sum + text.split('<li>').length - 1, 0);
    const zip = Buffer.from(await (await fetch(`${url}/zip`)).arrayBuffer());
    expect([listed, Object.keys(readZip(zip)).length]).toEqual([1102, 1102]);
  });
});

test.each([
  [{}, 'fileId'],
  [{ fileId: '018f0000-0000-7000-8000-00000000dead', folder: 'a' }, 'fileId'],
  [{ folder: '' }, 'folder'],
  [{ folder: 'a', maxDownloads: 0 }, 'maxDownloads'],
  [{ folder: 'a', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  [{ folder: 'a', password: '7654321' }, 'password'],
])('%j is refused, and %s named', async (json, field) => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const { status, body } = await api.request('POST', '/shares', { token, json });
  expect([status, body.issues[0]?.path[0]]).toEqual([400, field]);
});
