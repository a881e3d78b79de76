import { InstashareError } from '@instashare/client/node';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { createGate, type Gate, type Ticket, type Waiting } from './gate.ts';

function enter(gate: Gate): Ticket {
  const ticket = gate.enter();
  if (ticket === null) throw new Error('the gate is closed');
  return ticket;
}

/** A gate after an outage, with one that tries the server. */
async function afterOutage() {
  const clock = createFakeClock();
  const opened: number[] = [];
  const onOpen = () => opened.push(clock.now().monotonicMs);
  const gate = createGate({ clock, random: () => 0.5, onOpen, onWaiting: () => {} });
  gate.failed(enter(gate), new InstashareError('network', 'nobody answers'));
  await clock.advance(1_000);
  return { clock, gate, opened, probe: enter(gate) };
}

test('after an outage one may try, and all may when it was answered', async () => {
  const { gate, probe } = await afterOutage();
  expect(gate.enter()).toBeNull();
  gate.passed(probe);
  gate.passed(probe);
  expect(gate.enter()).not.toBeNull();
});

test('a server that asks for weeks is asked again within the hour', async () => {
  const clock = createFakeClock();
  const waits: (Waiting | null)[] = [];
  const onWaiting = (waiting: Waiting | null) => waits.push(waiting);
  using gate = createGate({ clock, random: () => 0.5, onOpen: () => {}, onWaiting });
  const asked = { retryAfterMs: 30 * 86_400_000 };
  gate.failed(enter(gate), new InstashareError('unavailable', 'come back next month', asked));
  expect(waits).toMatchObject([{ code: 'unavailable', retryInMs: 3_600_000 }]);
});

test('one that hashes for long before it asks the server lets another one try', async () => {
  const { gate, opened, probe } = await afterOutage();
  const before = opened.length;
  gate.postponed(probe);
  expect(opened).toHaveLength(before + 1);
  enter(gate);
  expect(gate.enter()).toBeNull();
});

test('C13: a token that may not upload is tried seldom: what it may do never changes', async () => {
  const clock = createFakeClock();
  const waits: (Waiting | null)[] = [];
  const onWaiting = (waiting: Waiting | null) => waits.push(waiting);
  using gate = createGate({ clock, random: () => 0.5, onOpen: () => {}, onWaiting });
  gate.failed(enter(gate), new InstashareError('insufficient_scope', 'this token only reads'));
  expect(waits).toMatchObject([{ reason: 'logged_out', code: 'insufficient_scope' }]);
  expect(waits[0]?.retryInMs).toBeGreaterThanOrEqual(15_000);
});
