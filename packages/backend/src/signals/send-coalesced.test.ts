import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_MESSAGE_LENGTH } from './channel.ts';
import { createCoalescingSender, parseMessage, toMessages } from './send-coalesced.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function createWorld() {
  const sent: string[] = [];
  const failures: unknown[] = [];
  const world = { sent, failures, isDown: false };
  const sender = createCoalescingSender({
    senderId: 'me',
    publish: (messages) => {
      if (world.isDown) return Promise.reject(new Error('down'));
      sent.push(...messages);
      return Promise.resolve();
    },
    onFailure: (error) => failures.push(error),
  });
  return { ...world, sender, setDown: (isDown: boolean) => (world.isDown = isDown) };
}

test('the first is sent at once, what follows is gathered for a fifth of a second', async () => {
  const { sender, sent } = createWorld();
  sender.add(['a']);
  expect(sent).toEqual(['me:a']);
  for (let time = 0; time < 100; time += 1) sender.add([`b${time % 2}`]);
  await vi.advanceTimersByTimeAsync(199);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual(['me:a', 'me:b0,b1']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(2);
  sender.add(['c']);
  expect(sent.at(-1)).toBe('me:c');
  await sender.end();
});

test('what could not be sent is sent later, together with what came meanwhile', async () => {
  const { sender, sent, failures, setDown } = createWorld();
  setDown(true);
  sender.add(['a']);
  await vi.advanceTimersByTimeAsync(1_500);
  sender.add(['b']);
  setDown(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual(['me:a,b']);
  expect(failures).toHaveLength(2);
  await sender.end();
});

test('at the end what is left is sent, and nothing after it', async () => {
  const { sender, sent } = createWorld();
  sender.add(['a']);
  sender.add(['b']);
  await sender.end();
  expect(sent).toEqual(['me:a', 'me:b']);
  sender.add(['c']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(2);
});

test('messages are short enough, and say together what was to be said', () => {
  const userIds = new Set(
    Array.from({ length: 1_000 }, (_, at) => `018f0000-0000-7000-8000-${String(at).padStart(12, '0')}`),
  );
  const messages = toMessages('018f0000-0000-7000-8000-000000000000', userIds);
  expect(messages.every(({ length }) => length <= MAX_MESSAGE_LENGTH)).toBe(true);
  const parsed = messages.flatMap((message) => Array.from(parseMessage(message)?.userIds ?? []));
  expect(parsed).toEqual([...userIds]);
});

test('after an outage that gathered too many, everyone is to look', () => {
  const userIds = new Set(Array.from({ length: 10_001 }, (_, at) => `${at}`));
  expect(toMessages('me', userIds).map(parseMessage)).toEqual([{ senderId: 'me', userIds: 'everyone' }]);
});

test('what somebody else publishes on the channel is no message', () => {
  expect(['', 'hello', 'a:b:c'].map(parseMessage)).toEqual([null, null, null]);
});
