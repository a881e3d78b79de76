import type { Agent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { http, https } from './http-modules.ts';

/** Connections that stay open between requests: thousands of small files would else cost a handshake each. */
export interface HttpAgents extends Disposable {
  readonly http: Agent;
  readonly https: HttpsAgent;
}

const MAX_CONNECTIONS = 64;

export function createHttpAgents(): HttpAgents {
  const options = { keepAlive: true, maxSockets: MAX_CONNECTIONS };
  const httpAgent = new http.Agent(options);
  const httpsAgent = new https.Agent(options);
  return {
    http: httpAgent,
    https: httpsAgent,
    [Symbol.dispose]() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
