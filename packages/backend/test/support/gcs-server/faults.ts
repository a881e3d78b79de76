import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { GoogleError, sendError } from './answer.ts';

/** What a request is about: `send` and `ask` are PUTs to a session, with bytes and without. */
export type Operation =
  | 'ask'
  | 'cancel'
  | 'delete'
  | 'insert'
  | 'list'
  | 'media'
  | 'permissions'
  | 'send'
  | 'start'
  | 'stat';

export type Fault =
  /** Answers with a status and does nothing. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Breaks the connection when so many bytes of the request's body have come. */
  | { readonly kind: 'cut-request'; readonly afterBytes: number }
  /** Does what was asked, and breaks the connection instead of answering. */
  | { readonly kind: 'lose-answer' }
  /** Breaks the connection after so many bytes of the answer's body. */
  | { readonly kind: 'cut-answer'; readonly afterBytes: number }
  /** One bit of the bytes sent is another when it arrives. */
  | { readonly kind: 'damage' }
  /** Gives fewer bytes than were asked for, as if that were all. */
  | { readonly kind: 'short-read'; readonly bytes: number };

/** Faults that wait for their operation; each happens once. */
export function createFaults() {
  const planned: { readonly operation: Operation; readonly fault: Fault }[] = [];
  return {
    plan(operation: Operation, fault: Fault, times = 1): void {
      for (let time = 0; time < times; time += 1) planned.push({ operation, fault });
    },
    take(operation: Operation): Fault | null {
      const index = planned.findIndex((each) => each.operation === operation);
      return index === -1 ? null : (planned.splice(index, 1)[0]?.fault ?? null);
    },
    left: () => planned.length,
  };
}

/** The bytes as they arrive. */
export function arrived(bytes: Buffer, fault: Fault | null): Buffer {
  if (fault?.kind !== 'damage' || bytes.length === 0) return bytes;
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8(damaged.readUInt8(0) ^ 1, 0);
  return damaged;
}

/** Lets a fault happen that keeps the request from being handled, or delays it. True when it is done with. */
export async function happens(
  fault: Fault | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (fault?.kind === 'slow') await delay(fault.delayMs);
  if (fault?.kind !== 'status') return false;
  request.resume();
  sendError(response, new GoogleError(fault.status, 'backendError', 'A fault that was planned'));
  return true;
}
