/** After these another token may help: a new one of this session, or that of a log-in made meanwhile. */
export const REFUSALS = ['access_token_expired', 'unauthenticated', 'session_ended'] as const;
