import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { openEventStream } from '../support/event-stream.ts';
import { startTestApi } from '../support/test-api.ts';

test('a stream begins with where the changes stand, and tells each as it happens', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await api.upload(token, 'before.txt', 'before');
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await expect
    .poll(() => stream.messages)
    .toEqual([{ id: '1', type: 'message', event: { kind: 'cursor', id: '1' } }]);

  const { file } = (await api.upload(token, 'a.txt', 'one')).body;
  await api.upload(token, 'a.txt', 'two');
  await api.request('POST', `/files/${file.id}/move`, { token, json: { path: 'b.txt' } });
  await api.request('DELETE', `/files/${file.id}`, { token });
  await api.request('POST', `/trash/${file.id}/restore`, { token, json: { path: 'c.txt' } });
  await api.request('DELETE', `/files/${file.id}`, { token });
  await api.request('DELETE', `/trash/${file.id}`, { token });
  await expect.poll(() => stream.lastId).toBe('8');
  const told = stream.messages.filter(({ event }) => 'file' in event);
  expect(stream.changes.slice(0, 1)).toEqual(['created a.txt']);
  expect(told.at(0)?.event).toMatchObject({ fileId: file.id, previousPath: null, file: { sizeBytes: 3 } });
  const { id: fileId } = file;
  const last = { id: '8', kind: 'purged', fileId, path: 'c.txt', previousPath: null, file: null };
  expect(told.at(-1)?.event).toMatchObject(last);
});

test('nothing is missed over a reconnection, whenever it is, and nothing is told twice', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const paths = Array.from({ length: 30 }, (_, at) => `${String(at).padStart(2, '0')}.txt`);
  let lastEventId = (await api.request('GET', '/changes', { token })).body.cursor;
  const uploading = (async () => {
    for (const path of paths) await api.upload(token, path, path);
  })();
  const told: string[] = [];
  while (told.length < paths.length) {
    await using stream = await openEventStream(`${api.url}/events`, { token, lastEventId });
    const atLeast = told.length < 20 ? 2 : 1;
    await expect.poll(() => stream.changes.length).toBeGreaterThanOrEqual(atLeast);
    ({ lastId: lastEventId } = stream);
    told.push(...stream.changes);
  }
  await uploading;
  expect(told).toEqual(paths.map((path) => `created ${path}`));
});

test('more changes than one page, at once', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const { file } = (await api.upload(token, 'a.txt', 'one')).body;
  await api.sql(
    `WITH booked AS (UPDATE users SET change_seq = change_seq + 950 WHERE id = $1)
     INSERT INTO changes (user_id, seq, file_id, kind) SELECT $1, n, $2, 'updated' FROM generate_series(2, 951) n`,
    [userId, file.id],
  );
  await using stream = await openEventStream(`${api.url}/events?lastEventId=0`, { token });
  await expect.poll(() => stream.changes.length).toBe(951);
  const ids = stream.messages.flatMap(({ event, id }) => ('file' in event ? [Number(id)] : []));
  expect(ids).toEqual(Array.from({ length: 951 }, (_, at) => at + 1));
});

test('with a prefix: what is below it, what moves out of it, and what left the trash elsewhere', async () => {
  await using api = await startTestApi({ EVENT_HEARTBEAT_SECONDS: '1' });
  const { token } = await api.register();
  await using stream = await openEventStream(`${api.url}/events?pathPrefix=in%2F`, { token });
  const inside = (await api.upload(token, 'in/a.txt', 'a')).body.file;
  const deleted = (await api.upload(token, 'in/b.txt', 'b')).body.file;
  await api.upload(token, 'out/c.txt', 'c');
  await api.request('POST', `/files/${inside.id}/move`, { token, json: { path: 'out/a.txt' } });
  await api.request('DELETE', `/files/${deleted.id}`, { token });
  await api.request('POST', `/trash/${deleted.id}/restore`, { token, json: { path: 'out/b.txt' } });
  await api.request('POST', '/folders/move', { token, json: { from: 'out', to: 'in/out' } });
  await api.upload(token, 'last.txt', 'last');
  await expect.poll(() => stream.changes.filter((change) => change.startsWith('moved')).length).toBe(4);
  // The id moves past what is not told, so that a reconnection need not read that again.
  await expect.poll(() => stream.lastId).toBe('10');
  const previous = stream.messages.flatMap(({ event }) =>
    'previousPath' in event && event.previousPath !== null ? [`${event.kind} ${event.previousPath}`] : [],
  );
  expect(previous.toSorted()).toEqual([
    'moved in/a.txt',
    'moved out/a.txt',
    'moved out/b.txt',
    'moved out/c.txt',
    'restored in/b.txt',
  ]);
  expect(stream.changes.filter((change) => change.includes('last.txt'))).toEqual([]);
});

test('with a prefix: what leaves it among many that are moved', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  await using stream = await openEventStream(`${api.url}/events?pathPrefix=in%2F`, { token });
  const { id } = (await api.upload(token, 'in/a.txt', 'a')).body.file;
  // A change is told with what its file is like by then: read after the move it would be none of this prefix.
  await expect.poll(() => stream.changes).toEqual(['created in/a.txt']);
  await api.request('POST', '/files/move', { token, json: { files: [{ id, path: 'out/a.txt' }] } });
  await expect.poll(() => stream.changes).toEqual(['created in/a.txt', 'moved out/a.txt']);
  const moved = stream.messages.find(({ event }) => 'kind' in event && event.kind === 'moved');
  expect(moved?.event).toMatchObject({ path: 'out/a.txt', previousPath: 'in/a.txt' });
});

test('with a prefix: what left it and is gone for good by now', async () => {
  await using api = await startTestApi();
  const { token } = await api.register();
  const moved = (await api.upload(token, 'in/moved.txt', 'a')).body.file;
  const restored = (await api.upload(token, 'in/restored.txt', 'b')).body.file;
  await api.request('DELETE', `/files/${restored.id}`, { token });
  const { cursor } = (await api.request('GET', '/changes', { token })).body;
  await api.request('POST', `/files/${moved.id}/move`, { token, json: { path: 'out/moved.txt' } });
  await api.request('POST', `/trash/${restored.id}/restore`, { token, json: { path: 'out/restored.txt' } });
  for (const { id } of [moved, restored]) {
    await api.request('DELETE', `/files/${id}`, { token });
    await api.request('DELETE', `/trash/${id}`, { token });
  }
  const { items } = (await api.request('GET', `/changes?cursor=${cursor}&pathPrefix=in%2F`, { token })).body;
  const gone = { kind: 'purged', previousPath: null, file: null };
  expect(items).toMatchObject([
    { ...gone, fileId: moved.id, path: 'in/moved.txt' },
    { ...gone, fileId: restored.id, path: 'in/restored.txt' },
  ]);
});

test("nobody is told of another's files", async () => {
  await using api = await startTestApi();
  const [owner, stranger] = [await api.register(), await api.register()];
  await using theirs = await openEventStream(`${api.url}/events?lastEventId=0`, { token: stranger.token });
  await using own = await openEventStream(`${api.url}/events?lastEventId=0`, { token: owner.token });
  await api.upload(owner.token, 'a.txt', 'mine');
  await expect.poll(() => own.changes).toEqual(['created a.txt']);
  await api.upload(stranger.token, 'b.txt', 'theirs');
  await expect.poll(() => theirs.changes).toEqual(['created b.txt']);
});

test('the streams of another process tell of the changes of this one', async () => {
  await using database = await createTestDatabase();
  const environment = { DATABASE_URL: database.url };
  await using here = await startTestApi(environment);
  await using there = await startTestApi(environment);
  const { token } = await here.register();
  await using stream = await openEventStream(`${there.url}/events`, { token });
  await expect.poll(() => stream.lastId).toBe('0');
  await here.upload(token, 'a.txt', 'a');
  await expect.poll(() => stream.changes).toEqual(['created a.txt']);
});

test('PostgreSQL breaks all connections: streams live on, and tell what happened meanwhile', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  const { file } = (await api.upload(token, 'a.txt', 'one')).body;
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await expect.poll(() => stream.lastId).toBe('1');
  await api.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    [],
  );
  // By somebody who tells nobody.
  await api.sql(
    `WITH booked AS (UPDATE users SET change_seq = 2 WHERE id = $1)
     INSERT INTO changes (user_id, seq, file_id, kind) VALUES ($1, 2, $2, 'updated')`,
    [userId, file.id],
  );
  await expect.poll(() => stream.changes).toEqual(['updated a.txt']);
  await api.upload(token, 'b.txt', 'two');
  await expect.poll(() => stream.changes).toEqual(['updated a.txt', 'created b.txt']);
  expect(stream.hasEnded).toBe(false);
});

test('one who stops reading is told everything when it reads again', async () => {
  await using api = await startTestApi({ EVENT_HEARTBEAT_SECONDS: '1' });
  const { token, userId } = await api.register();
  const { file } = (await api.upload(token, `${'x'.repeat(200)}.txt`, 'one')).body;
  await using stream = await openEventStream(`${api.url}/events?lastEventId=0`, { token });
  await expect.poll(() => stream.changes.length).toBe(1);
  stream.setPaused(true);
  const count = 20_000;
  await api.sql(
    `WITH booked AS (UPDATE users SET change_seq = change_seq + $3 WHERE id = $1)
     INSERT INTO changes (user_id, seq, file_id, kind) SELECT $1, n + 1, $2, 'updated' FROM generate_series(1, $3) n`,
    [userId, file.id, count],
  );
  await api.upload(token, 'wake.txt', 'up');
  stream.setPaused(false);
  await expect.poll(() => stream.changes.length, { timeout: 25_000 }).toBe(count + 2);
});

test('the server is stopped: streams end at once, and say why', async () => {
  const api = await startTestApi();
  const { token } = await api.register();
  // Before the streams: when those have begun it waits, too.
  const poll = api.request('GET', '/changes?cursor=0', { token });
  await using stream = await openEventStream(`${api.url}/events`, { token });
  await using other = await openEventStream(`${api.url}/events`, { token });
  await expect.poll(() => [stream.lastId, other.lastId]).toEqual(['0', '0']);
  const begunMs = performance.now();
  await api[Symbol.asyncDispose]();
  expect(performance.now() - begunMs).toBeLessThan(2_500);
  expect(stream.messages.at(-1)).toMatchObject({ type: 'end', event: { code: 'unavailable' } });
  expect(other.hasEnded).toBe(true);
  expect((await poll).body).toEqual({ items: [], cursor: '0', hasMore: false });
});

test('ids of changes that are not there, or not any more', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  for (const name of ['a', 'b', 'c']) await api.upload(token, name, name);
  await api.sql('DELETE FROM changes WHERE user_id = $1 AND seq <= 2', [userId]);
  const statusOf = async (path: string) => {
    const { status, body } = await api.request('GET', path, { token });
    return [status, body.code];
  };
  expect(await statusOf('/events?lastEventId=1')).toEqual([410, 'cursor_expired']);
  expect(await statusOf('/events?lastEventId=4')).toEqual([410, 'cursor_expired']);
  expect(await statusOf('/events?lastEventId=a')).toEqual([400, 'invalid_input']);
  expect(await statusOf('/changes?cursor=1')).toEqual([410, 'cursor_expired']);
  await using stream = await openEventStream(`${api.url}/events?lastEventId=2`, { token });
  await expect.poll(() => stream.changes).toEqual(['created c']);
  await api.sql('DELETE FROM changes WHERE user_id = $1', [userId]);
  expect(await statusOf('/events?lastEventId=2')).toEqual([410, 'cursor_expired']);
  expect((await api.request('GET', '/changes?cursor=3&waitSeconds=0', { token })).body).toEqual({
    items: [],
    cursor: '3',
    hasMore: false,
  });
});
