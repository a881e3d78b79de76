import type { AuthStore, Tokens } from '@instashare/client';
import { z } from 'zod';

/** Keeps the log-in as one text somewhere else: the main process seals it with the system's keychain. */
export interface SessionKeeper {
  load(): Promise<string | null>;
  save(session: string | null): Promise<void>;
}

const sessionSchema = z.object({
  server: z.string(),
  tokens: z.object({
    user: z.object({ id: z.string(), email: z.string(), name: z.string().nullable() }),
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresAt: z.string(),
  }),
});
export type KeptSession = z.infer<typeof sessionSchema>;

/** null where nobody is logged in, or what is kept can't be read any more. */
export async function loadSession(keeper: SessionKeeper): Promise<KeptSession | null> {
  const text = await keeper.load();
  if (text === null) return null;
  try {
    return sessionSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The log-in at one server. It is written down before the client uses it: a refresh token is good for one exchange. */
export function createKeptAuthStore(
  keeper: SessionKeeper,
  server: string,
  initial: Tokens | null,
): AuthStore {
  let current = initial;
  return {
    load: () => Promise.resolve(current),
    async save(tokens) {
      await keeper.save(tokens === null ? null : JSON.stringify({ server, tokens } satisfies KeptSession));
      current = tokens;
    },
  };
}
