import type { FastifyBaseLogger } from 'fastify';
import { expect, test } from 'vitest';
import { RequestLog } from './request-log.ts';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A log that notes what it is told, by what it is bound to. */
function createNotes(bound: object = {}, notes: unknown[] = []) {
  const noting =
    (level: string) =>
    (...said: unknown[]): void => {
      notes.push([level, bound, ...said]);
    };
  const log: FastifyBaseLogger = {
    level: 'info',
    fatal: noting('fatal'),
    error: noting('error'),
    warn: noting('warn'),
    info: noting('info'),
    debug: noting('debug'),
    trace: noting('trace'),
    silent: noting('silent'),
    child(more) {
      notes.push(['child', more]);
      return createNotes({ ...bound, ...more }, notes).log;
    },
  };
  return { log, notes };
}

test('whatever is said, in every way, is said by one child of the log, which is made when something is', () => {
  const { log, notes } = createNotes();
  const request = new RequestLog(log, { reqId: 'r1' });
  expect([notes, request.level]).toEqual([[], 'info']);
  for (const level of LEVELS) request[level]({ n: 1 }, 'of %s', level);
  request.child({ more: true }).info('last');
  expect(notes).toEqual([
    ['child', { reqId: 'r1' }],
    ...LEVELS.map((level) => [level, { reqId: 'r1' }, { n: 1 }, 'of %s', level]),
    ['child', { more: true }],
    ['info', { reqId: 'r1', more: true }, 'last'],
  ]);
});
