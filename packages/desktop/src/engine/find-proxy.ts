import type { ProxyVariables } from '@instashare/client/node';

/** The proxy that the system has for a server. */
export type FindProxy = (server: string) => Promise<ProxyVariables>;

/** `ask`: the address of the proxy, null for none. */
export const createFindProxy =
  (ask: (url: string) => Promise<string | null>): FindProxy =>
  async (url) => {
    const proxy = (await ask(url)) ?? undefined;
    return { http_proxy: proxy, https_proxy: proxy };
  };
