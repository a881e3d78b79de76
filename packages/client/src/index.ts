/**
 * The SDK wherever `fetch` is: browsers, workers, Electron, other runtimes. A typed tRPC client that keeps its log-in
 * fresh, resumable upload and verified download, live events. What needs Node (files, kept connections) is in
 * `@instashare/client/node`.
 *
 * Knows neither Node nor Electron, nor where tokens are kept: whoever uses it gives an `AuthStore`.
 */
export * from './common.ts';
export { createInstashareClient, type InstashareClient } from './web/create-client.ts';
