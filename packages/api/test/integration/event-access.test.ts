import { createLog } from '@instashare/backend/log';
import { createJobWorker, type JobHandlers } from '@instashare/backend/queue';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { openEventStream } from '../support/event-stream.ts';
import { makeToken } from '../support/make-token.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const endOf = (code: string) => ({ type: 'end', event: { code } });

test('a log-out ends the streams of its session at once, and no others', async () => {
  await using api = await startTestApi();
  const { token, email } = await api.register();
  const other = (await api.request('POST', '/users/login', { json: { email, password: 'correct horse' } }))
    .body;
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await using staying = await openEventStream(`${api.url}/events`, { token: other.accessToken });
  await expect.poll(() => [stream.lastId, staying.lastId]).toEqual(['0', '0']);
  await api.request('POST', '/users/logout', { token });
  await expect.poll(() => stream.hasEnded).toBe(true);
  expect(stream.messages.at(-1)).toMatchObject(endOf('session_ended'));
  await api.upload(other.accessToken, 'a.txt', 'a');
  await expect.poll(() => staying.changes).toEqual(['created a.txt']);
});

test('nothing is told by a session that somebody ended without a signal', async () => {
  await using api = await startTestApi();
  const { token, userId, email } = await api.register();
  const other = (await api.request('POST', '/users/login', { json: { email, password: 'correct horse' } }))
    .body;
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await expect.poll(() => stream.lastId).toBe('0');
  await api.sql(
    `UPDATE sessions SET revoked_at = now() WHERE id = (SELECT min(id::text)::uuid FROM sessions WHERE user_id = $1)`,
    [userId],
  );
  await api.upload(other.accessToken, 'a.txt', 'a');
  await expect.poll(() => stream.hasEnded).toBe(true);
  expect(stream.messages.at(-1)).toMatchObject(endOf('session_ended'));
  expect(stream.changes).toEqual([]);
});

test('a stream lives no longer than its access token; a fresh one goes on from there', async () => {
  await using api = await startTestApi({ ACCESS_TOKEN_SECONDS: '3', EVENT_HEARTBEAT_SECONDS: '1' });
  const { token, refreshToken } = await api.register();
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await expect.poll(() => stream.hasEnded).toBe(true);
  expect(stream.messages.at(-1)).toMatchObject(endOf('access_token_expired'));
  const fresh = (await api.request('POST', '/users/refresh', { json: { refreshToken } })).body.accessToken;
  await api.upload(fresh, 'a.txt', 'a');
  await using next = await openEventStream(`${api.url}/events`, { token: fresh, lastEventId: stream.lastId });
  await expect.poll(() => next.changes).toEqual(['created a.txt']);
});

/** Longer than any of these tests: what ends does not wait for the next look. */
const NEVER = { EVENT_HEARTBEAT_SECONDS: '30' };

test('a token that is revoked ends its streams and its waiting answers at once, in every process', async () => {
  await using api = await startTestApi(NEVER);
  await using beside = await startTestApi({ ...NEVER, DATABASE_URL: api.databaseUrl });
  const { token } = await api.register();
  const script = await makeToken(api, token, { scopes: ['read'] });
  await using near = await openEventStream(`${api.url}/events`, { token: script.secret });
  await using far = await openEventStream(`${beside.url}/events`, { token: script.secret });
  const waiting = [api, beside].map((one) =>
    one.request('GET', '/changes?cursor=0&waitSeconds=30', { token: script.secret }),
  );
  await expect.poll(() => [near.lastId, far.lastId]).toEqual(['0', '0']);
  await api.request('DELETE', `/tokens/${script.id}`, { token });
  await expect.poll(() => [near.hasEnded, far.hasEnded]).toEqual([true, true]);
  expect([near.messages.at(-1), far.messages.at(-1)]).toMatchObject(
    [near, far].map(() => endOf('unauthenticated')),
  );
  expect((await Promise.all(waiting)).map(({ status, body }) => [status, body.code])).toEqual(
    waiting.map(() => [401, 'unauthenticated']),
  );
});

test('a session whose end was told while the connection for signals was broken ends its streams', async () => {
  await using api = await startTestApi(NEVER);
  const { token, userId } = await api.register();
  await using stream = await openEventStream(`${api.url}/events`, { token });
  const waiting = api.request('GET', '/changes?cursor=0&waitSeconds=30', { token });
  await expect.poll(() => stream.lastId).toBe('0');
  await api.sql('UPDATE sessions SET revoked_at = now() WHERE user_id = $1', [userId]);
  await api.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'instashare-news'`,
    [],
  );
  await expect.poll(() => stream.hasEnded, { timeout: 10_000 }).toBe(true);
  expect(stream.messages.at(-1)).toMatchObject(endOf('session_ended'));
  expect((await waiting).body.code).toBe('session_ended');
});

test('when an access token or a personal one expires, its streams and waiting answers end then', async () => {
  await using api = await startTestApi({ ...NEVER, ACCESS_TOKEN_SECONDS: '2' });
  const { token } = await api.register();
  const script = await makeToken(api, token, { scopes: ['read'] });
  await api.sql(`UPDATE personal_access_tokens SET expires_at = now() + interval '1 second'`, []);
  await using byLogIn = await openEventStream(`${api.url}/events`, { token });
  await using byToken = await openEventStream(`${api.url}/events`, { token: script.secret });
  const waiting = api.request('GET', '/changes?cursor=0&waitSeconds=30', { token });
  await expect.poll(() => [byLogIn.hasEnded, byToken.hasEnded], { timeout: 10_000 }).toEqual([true, true]);
  expect([byLogIn.messages.at(-1), byToken.messages.at(-1)]).toMatchObject([
    endOf('access_token_expired'),
    endOf('unauthenticated'),
  ]);
  expect((await waiting).body.code).toBe('access_token_expired');
});

/** PostgreSQL tells its figures after a second at the latest. */
async function untilNothingIsRead(api: TestApi): Promise<void> {
  let before: unknown = null;
  const hasRisen = async () => {
    const [row] = await api.sql(`SELECT idx_scan FROM pg_stat_user_tables WHERE relname = 'changes'`, []);
    const known = before;
    before = row?.['idx_scan'];
    return known !== before;
  };
  await expect.poll(hasRisen, { interval: 1_500, timeout: 30_000 }).toBe(false);
}

test('a client that takes nothing holds no stream beyond the end of its session', async () => {
  await using api = await startTestApi({ ...NEVER, EVENT_STREAMS_PER_USER: '1' });
  const { token, userId, email } = await api.register();
  const login = { email, password: 'correct horse' };
  const other = (await api.request('POST', '/users/login', { json: login })).body.accessToken;
  const { file } = (await api.upload(token, `${'x'.repeat(200)}.txt`, 'one')).body;
  // More than all buffers on the way take.
  await api.sql(
    `WITH booked AS (UPDATE users SET change_seq = change_seq + $3 WHERE id = $1)
     INSERT INTO changes (user_id, seq, file_id, kind) SELECT $1, n + 1, $2, 'updated' FROM generate_series(1, $3) n`,
    [userId, file.id, 60_000],
  );
  await using stream = await openEventStream(`${api.url}/events?lastEventId=0`, { token });
  stream.setPaused(true);
  const statusOfOther = async () => {
    const path = '/changes?cursor=60001&waitSeconds=1';
    return (await api.request('GET', path, { token: other })).status;
  };
  expect(await statusOfOther()).toBe(429);
  await untilNothingIsRead(api);
  await api.request('POST', '/users/logout', { token });
  await expect.poll(statusOfOther, { timeout: 10_000 }).toBe(200);
  expect(stream.changes.length).toBeLessThan(60_000);
});

test('so many streams at once, waiting answers among them, and another when one is gone', async () => {
  await using api = await startTestApi({ EVENT_STREAMS_PER_USER: '2' });
  const [{ token }, other] = [await api.register(), await api.register()];
  const statusOf = async (asker: string) => {
    const answer = await api.request('GET', '/changes?cursor=0&waitSeconds=1', { token: asker });
    return [answer.status, answer.body.code, answer.headers.get('retry-after')];
  };
  {
    await using one = await openEventStream(`${api.url}/events`, { token });
    await using two = await openEventStream(`${api.url}/events`, { token });
    await expect.poll(() => [one.lastId, two.lastId]).toEqual(['0', '0']);
    expect(await statusOf(token)).toEqual([429, 'too_many_streams', '10']);
    await expect(openEventStream(`${api.url}/events`, { token })).rejects.toThrow('429');
    expect(await statusOf(other.token)).toEqual([200, undefined, null]);
  }
  await expect.poll(() => statusOf(token)).toEqual([200, undefined, null]);
});

test('an answer that waits comes when there is a change, and when the time is over', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const since = (await api.request('GET', '/changes', { token })).body.cursor;
  expect((await api.request('GET', `/changes?cursor=${since}&waitSeconds=1`, { token })).body).toEqual({
    items: [],
    cursor: since,
    hasMore: false,
  });
  const waiting = api.request('GET', `/changes?cursor=${since}&pathPrefix=b`, { token });
  await api.upload(token, 'a.txt', 'a');
  await api.upload(token, 'b.txt', 'b');
  const { items, cursor } = (await waiting).body;
  expect([items.map(({ path }) => path), cursor]).toEqual([['b.txt'], '2']);
  const page = (await api.request('GET', `/changes?cursor=${since}&limit=1`, { token })).body;
  expect([page.items.map(({ path }) => path), page.cursor, page.hasMore]).toEqual([['a.txt'], '1', true]);
});

test('how far a file is compressed is told to its owner, without an id', async () => {
  await using database = await createTestDatabase();
  await using api = await startTestApi({ DATABASE_URL: database.url });
  const [{ token }, stranger] = [await api.register(), await api.register()];
  const { file } = (await api.upload(token, 'a.txt', 'content')).body;
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await using theirs = await openEventStream(`${api.url}/events`, { token: stranger.token });
  const done = Promise.withResolvers<void>();
  const log = createLog({ name: 'test', level: 'silent' });
  const connection = { databaseUrl: database.url, redisUrl: null, log };
  const handlers: JobHandlers = {
    'compress-blobs': async ({ blobIds: [blobId = ''] }, { reportProgress }) => {
      reportProgress({ blobId, doneBytes: 3 });
      await done.promise;
    },
    'deliver-webhook': () => Promise.resolve(),
    'recount-quota': () => Promise.resolve(),
    sweep: () => Promise.resolve(),
  };
  const options = { ...connection, handlers, concurrency: 1, abandonBlobs: () => Promise.resolve() };
  await using made = new AsyncDisposableStack();
  made.use(await createJobWorker(options));
  const progress = () => stream.messages.filter(({ event }) => 'kind' in event && event.kind === 'progress');
  await expect
    .poll(() => progress())
    .toEqual([
      {
        id: null,
        type: 'message',
        event: { kind: 'progress', fileId: file.id, path: 'a.txt', sizeBytes: 7, doneBytes: 3 },
      },
    ]);
  done.resolve();
  expect(theirs.messages.filter(({ event }) => 'kind' in event && event.kind === 'progress')).toEqual([]);
});
