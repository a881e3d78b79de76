import type { Agent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { http, https, tls } from './http-modules.ts';

/** Connections that stay open between requests: thousands of small files would else cost a handshake each. */
export interface HttpAgents extends Disposable {
  readonly http: Agent;
  readonly https: HttpsAgent;
  /** Ends all connections; those that are needed afterwards are new. */
  endAll(): void;
}

/** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, as an environment has them, in capitals or not. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

const MAX_CONNECTIONS = 64;
/** No proxy can reach what is on this machine. */
const NEVER_BY_PROXY = 'localhost,127.0.0.1,[::1]';

export function createHttpAgents(proxy: ProxyVariables = {}): HttpAgents {
  const options = { keepAlive: true, maxSockets: MAX_CONNECTIONS, proxyEnv: proxyEnvOf(proxy) };
  const httpAgent = new http.Agent(options);
  let httpsAgent: HttpsAgent | null = null;

  function endAll(): void {
    httpAgent.destroy();
    httpsAgent?.destroy();
  }

  return {
    http: httpAgent,
    get https() {
      // Only who needs them reads the certificates of the system: there are hundreds.
      httpsAgent ??= new https.Agent({ ...options, ...trusted() });
      return httpsAgent;
    },
    endAll,
    [Symbol.dispose]: endAll,
  };
}

function proxyEnvOf(proxy: ProxyVariables) {
  const valueOf = (name: string) => proxy[name] ?? proxy[name.toUpperCase()];
  const addressOf = (name: string) => {
    const value = valueOf(name);
    // Not what it is: it may hold a password.
    if (value !== undefined && value !== '' && !URL.canParse(value))
      throw new TypeError(`${name.toUpperCase()} is no address: it should be like http://proxy.example:3128`);
    return value;
  };
  const never = [NEVER_BY_PROXY, valueOf('no_proxy')].filter((hosts) => hosts !== undefined && hosts !== '');
  return {
    http_proxy: addressOf('http_proxy'),
    https_proxy: addressOf('https_proxy'),
    no_proxy: never.join(','),
  };
}

/** Whom the system trusts is trusted as well: where a proxy looks into connections, it is made known there. */
function trusted() {
  // Node 22.15 and 24 can tell; others know what NODE_EXTRA_CA_CERTS names.
  if (typeof tls.getCACertificates !== 'function') return {};
  const ca = new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
  // Once for all connections.
  return { secureContext: tls.createSecureContext({ ca: [...ca] }) };
}
