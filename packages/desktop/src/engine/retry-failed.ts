import { transferFailure } from './transfer-failure.ts';
import type { Transfers } from './transfers.ts';

type Retried = Pick<Transfers, 'failed' | 'retry'>;

/** What came to nothing because the server was away, as when this computer was started before its network. */
export const retryUnreached = (transfers: Retried): void => retryAll(transfers, UNREACHED);

/** What came to nothing because the log-in had ended. */
export const retryLoggedOut = (transfers: Retried): void => retryAll(transfers, LOGGED_OUT);

const UNREACHED: ReadonlySet<string> = new Set(['network', 'unavailable', 'bad_response']);
const LOGGED_OUT: ReadonlySet<string> = new Set(['session_ended', 'unauthenticated']);

function retryAll(transfers: Retried, codes: ReadonlySet<string>): void {
  for (const { id, error } of transfers.failed())
    if (codes.has(transferFailure(error).code)) transfers.retry(id);
}
