import { expect, test } from 'vitest';
import { startTestApi } from '../support/test-api.ts';

test.each(['swagger-ui.css', 'swagger-ui-bundle.js', 'init.js'])(
  '%s has an ETag, and is not sent twice',
  async (part) => {
    await using api = await startTestApi();
    const first = await api.request('GET', `/docs/${part}`);
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[0-9a-f]{64}"$/)]);
    const text = first.text;
    expect(text).not.toBe('');

    for (const known of [etag, `"another", W/${etag}`, '*']) {
      const again = await api.request('GET', `/docs/${part}`, { headers: { 'if-none-match': known } });
      expect([again.status, again.headers.get('etag'), again.text]).toEqual([304, etag, '']);
    }
    const changed = await api.request('GET', `/docs/${part}`, { headers: { 'if-none-match': '"another"' } });
    expect([changed.status, changed.text]).toEqual([200, text]);
  },
);
