import type { Tokens } from '../../src/auth/auth-store.ts';

export const NOW = Date.parse('2026-01-01T00:00:00.000Z');

/** Those of one log-in, after so many refreshes. */
export function tokens(generation: number, expiresInMs = 900_000): Tokens {
  return {
    user: { id: '0197b6a0-0000-7000-8000-000000000001', email: 'ada@example.org', name: null },
    accessToken: `access-${generation}`,
    refreshToken: `refresh-${generation}`,
    expiresAt: new Date(NOW + expiresInMs).toISOString(),
  };
}
