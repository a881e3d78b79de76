import { isRedisInstalled, startRedis } from '@instashare/backend/testing';
import { expect, test, vi } from 'vitest';
import { logInAsAdmin, setFlag } from '../support/admin-browser.ts';
import { startTestApi } from '../support/test-api.ts';

test.skipIf(!isRedisInstalled() && process.env['CI'] === undefined)(
  'while Redis is away everything but the compression goes on, and /readyz says what is missing',
  async () => {
    await using redis = await startRedis();
    await using api = await startTestApi({ REDIS_URL: redis.url });
    const { token, userId, email } = await api.register();
    await setFlag(api, userId, true);
    const admin = await logInAsAdmin(api, email);
    await redis.stop();
    const stored = await api.upload(token, 'a', 'while it is away');
    expect([stored.status, stored.body.file.status]).toEqual([200, 'stored']);
    const usage = await api.request('GET', '/usage', { token });
    expect(JSON.parse(usage.text)).toMatchObject({ files: 1, compressing: [] });
    const { body } = await api.request('GET', '/files', { token });
    expect((await api.request('GET', `/files/${body.items[0]?.id}/content`, { token })).text).toBe(
      'while it is away',
    );
    const away = await api.request('GET', '/readyz');
    expect([away.status, JSON.parse(away.text)]).toEqual([
      503,
      {
        status: 'unavailable',
        database: 'ok',
        queue: 'failed',
        objects: 'ok',
        code: 'unavailable',
        message: 'This process cannot work: no answer from the queue. Its log says why',
      },
    ]);
    expect(away.headers.get('retry-after')).toBe('2');
    const overview = await admin.get('/admin');
    expect([overview.status, overview.text]).toEqual([
      200,
      expect.stringContaining('The queue does not answer.'),
    ]);
    expect(overview.text).toContain('<dt>Files</dt><dd>1<');
    const queue = await admin.get('/admin/queue');
    expect([queue.status, queue.headers.get('retry-after'), queue.text]).toEqual([
      503,
      '2',
      expect.stringContaining('The queue does not answer right now'),
    ]);
    await redis.startAgain();
    await vi.waitFor(async () => expect((await api.request('GET', '/readyz')).status).toBe(200), {
      timeout: 15_000,
    });
  },
  60_000,
);
