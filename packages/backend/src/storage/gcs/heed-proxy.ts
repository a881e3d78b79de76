import { setGlobalProxyFromEnv } from 'node:http';
import { StorageError } from '../../errors/index.ts';

/**
 * From now on requests of our own to Google go through the proxy that `HTTPS_PROXY` names (`HTTP_PROXY` is for an emulator
 * without TLS), but for hosts of `NO_PROXY`. The library finds these variables by itself, and would take one for the other.
 * It holds for the process; webhooks have connections of their own, which go through none. Throws `storage_failed` for
 * what is no address.
 */
export function heedProxy(): void {
  try {
    setGlobalProxyFromEnv();
  } catch {
    // Not what it is, and nothing of why: it may hold a password.
    throw new StorageError(
      'storage_failed',
      'HTTPS_PROXY or HTTP_PROXY is no address of a proxy: it should be like http://proxy.example:3128',
    );
  }
}
