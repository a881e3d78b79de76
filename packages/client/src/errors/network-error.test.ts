import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { networkError } from './network-error.ts';

const ORIGIN = 'https://files.example';
const coded = (details: Readonly<Record<string, unknown>>, message = 'no') =>
  Object.assign(new Error(message), details);

test('an error of a connection that was never made says so, through whatever it is wrapped in', () => {
  const refused = coded({ code: 'ECONNREFUSED', syscall: 'connect' });
  const unknown = coded({ code: 'ENOTFOUND', syscall: 'getaddrinfo' });
  const wrapped = new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) });
  for (const cause of [refused, unknown, wrapped, coded({ code: 'ERR_PROXY_TUNNEL' })]) {
    expect(networkError(ORIGIN, cause).hadNoEffect).toBe(true);
  }
});

test('one that broke may have carried the call', () => {
  const reset = coded({ code: 'ECONNRESET', syscall: 'read' });
  const timeout = coded({ name: 'TimeoutError' });
  const mixed = new AggregateError([coded({ syscall: 'connect' }), reset]);
  for (const cause of [reset, timeout, mixed, new AggregateError([]), 'what is this']) {
    expect(networkError(ORIGIN, cause).hadNoEffect).toBe(false);
  }
});

test('Node says it of a port at which nobody listens', async () => {
  const { promise, resolve } = Promise.withResolvers<Error>();
  connect(1, '127.0.0.1').on('error', resolve);
  expect(networkError(ORIGIN, await promise).hadNoEffect).toBe(true);
});

test('no password of a proxy is in its words', () => {
  const error = networkError(ORIGIN, new Error('no tunnel by http://me:secret@proxy.example:3128/: 407'));
  expect(error.message).toBe(
    "Can't reach https://files.example: no tunnel by http://proxy.example:3128/: 407",
  );
});
