import * as fc from 'fast-check';
import { expect } from 'vitest';
import { askHeaders, chunkHeaders, type Outcome, put } from './resumable-client.ts';

const UNIT_BYTES = 256 * 1024;

/** Which of two apis on one folder is asked. */
const via = fc.nat(1);
const units = fc.integer({ min: 1, max: 3 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** What a client may do next. */
export const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('chunk' as const), via, units }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cut' as const), via, units, share }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const), via }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('odd chunk' as const), via, units }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wrong offset' as const),
      via,
      by: fc.integer({ min: 1, max: UNIT_BYTES }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('two writers' as const), via, units }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('new address' as const) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export interface OddClient {
  readonly isFinished: () => boolean;
  ask(which: number): Promise<void>;
  send(which: number, count: number): Promise<void>;
  do(one: Step): Promise<void>;
}

/**
 * Sends `content` to an upload session by the protocol, or against it, through any of `origins`, and holds each answer
 * against what may be said: what the server said that it has, it never has fewer of.
 */
export function createOddClient(session: {
  readonly content: Buffer;
  readonly origins: readonly string[];
  /** The session's address now. */
  url: string;
  readonly newAddress: () => Promise<string>;
}): OddClient {
  const { content, origins } = session;
  const total = content.length;
  let stands = 0;
  let isFinished = total === 0;
  /**
   * Requests that were cut, or sent twice, may reach a busy server late: it then has bytes up to here, and ends for
   * their sake whoever writes by then.
   */
  let strayEnd = 0;

  const addressAt = (which: number) => {
    const { pathname, search } = new URL(session.url);
    return `${origins[which]}${pathname}${search}`;
  };
  const putPart = (
    which: number,
    [first, last]: readonly [number, number],
    cutAfter?: number,
  ): Promise<Outcome> =>
    put(addressAt(which), {
      body: content.subarray(first, last + 1),
      headers: chunkHeaders(first, last, total),
      ...(cutAfter === undefined ? {} : { cutAfter }),
    });
  /** The last byte of a chunk of so many units from where the session stands. */
  const lastOf = (count: number) => Math.min(stands + count * UNIT_BYTES, total) - 1;

  const ask = async (which: number): Promise<void> => {
    const outcome = await put(addressAt(which), { headers: askHeaders(total) });
    if (outcome === 'cut') throw new Error('a question got no answer');
    isFinished = outcome.status === 200;
    if (isFinished) return;
    expect(outcome.status).toBe(308);
    expect(outcome.receivedBytes).toBeGreaterThanOrEqual(stands);
    expect(outcome.receivedBytes).toBeLessThanOrEqual(Math.max(stands, strayEnd));
    stands = outcome.receivedBytes;
  };
  const send = async (which: number, count: number): Promise<void> => {
    const last = lastOf(count);
    const outcome = await putPart(which, [stands, last]);
    if (strayEnd > 0 && (outcome === 'cut' || outcome.status === 409)) {
      strayEnd = Math.max(strayEnd, last + 1);
      return ask(which);
    }
    isFinished = last === total - 1;
    expect(outcome).toEqual({ status: isFinished ? 200 : 308, receivedBytes: isFinished ? 0 : last + 1 });
    stands = last + 1;
  };
  const refused = async (which: number, span: readonly [number, number], status: number): Promise<void> => {
    if (span[1] < span[0]) return;
    expect(await putPart(which, span)).toMatchObject({ status });
    await ask(which);
  };

  return {
    isFinished: () => isFinished,
    ask,
    send,
    async do(one) {
      switch (one.kind) {
        case 'chunk':
          return send(one.via, one.units);
        case 'cut': {
          const last = lastOf(one.units);
          const cutAfter = Math.floor((last - stands) * one.share);
          strayEnd = Math.max(strayEnd, stands + cutAfter, 1);
          await putPart(one.via, [stands, last], cutAfter);
          return ask(1 - one.via);
        }
        case 'ask':
          return ask(one.via);
        case 'odd chunk': {
          const last = stands + one.units * 1000;
          return last < total - 1 ? refused(one.via, [stands, last], 400) : undefined;
        }
        case 'wrong offset': {
          const first = stands + one.by;
          return refused(one.via, [first, Math.min(first + UNIT_BYTES, total) - 1], 409);
        }
        case 'two writers': {
          const span = [stands, lastOf(one.units)] as const;
          // Whatever they are told: the later one ends the earlier one, and may come to an offset that has gone by.
          strayEnd = Math.max(strayEnd, span[1] + 1);
          await Promise.all([putPart(0, span), putPart(1, span)]);
          return ask(one.via);
        }
        case 'new address':
          session.url = await session.newAddress();
      }
    },
  };
}
