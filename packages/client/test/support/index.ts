/**
 * For integration tests, of this package and of those that build on it: the real api as a process with a
 * database and a data folder of its own, and a proxy that cuts connections. Imported from tests as
 * `@instashare/client/testing`, never from source.
 */
export { type ConnectProxy, startConnectProxy } from './connect-proxy.ts';
export { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
export { freePort } from './free-port.ts';
export { type HeldAnswer, type HttpRelay, startHttpRelay } from './http-relay.ts';
export { startTestApi, type TestApi, type TestApiOptions } from './test-api.ts';
export { makeTestFolder, type TestFolder } from './test-folder.ts';
export { startTls, type TlsEnd } from './tls-end.ts';
