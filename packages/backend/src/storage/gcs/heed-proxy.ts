import { setGlobalProxyFromEnv } from 'node:http';

/**
 * From now on requests of our own go through the proxy that `HTTPS_PROXY` names, but for hosts of `NO_PROXY`: as the
 * library’s do by themselves. It holds for the process; webhooks have connections of their own, which go through none.
 */
export function heedProxy(): void {
  setGlobalProxyFromEnv();
}
