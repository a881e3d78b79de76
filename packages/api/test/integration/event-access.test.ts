import { createLog } from '@instashare/backend/log';
import { createJobWorker, type JobHandlers } from '@instashare/backend/queue';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { openEventStream } from '../support/event-stream.ts';
import { startTestApi } from '../support/test-api.ts';

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
  await using api = await startTestApi({ ACCESS_TOKEN_SECONDS: '2', EVENT_HEARTBEAT_SECONDS: '1' });
  const { token, refreshToken } = await api.register();
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await expect.poll(() => stream.hasEnded).toBe(true);
  expect(stream.messages.at(-1)).toMatchObject(endOf('access_token_expired'));
  const fresh = (await api.request('POST', '/users/refresh', { json: { refreshToken } })).body.accessToken;
  await api.upload(fresh, 'a.txt', 'a');
  await using next = await openEventStream(`${api.url}/events`, { token: fresh, lastEventId: stream.lastId });
  await expect.poll(() => next.changes).toEqual(['created a.txt']);
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
