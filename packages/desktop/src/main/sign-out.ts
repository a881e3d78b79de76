import type { Settings } from '../shared/settings.ts';

export interface SignOutOptions {
  readonly settings: {
    get(): Settings;
    update(patch: Partial<Settings>): unknown;
  };
  readonly leave: () => Promise<void>;
}

/** Where the account can't be left, as when the server that must be told is away, everything stays as it was. */
export async function signOut({ settings, leave }: SignOutOptions): Promise<void> {
  const { owner } = settings.get();
  // First: also after a crash in the middle of it, the folders are nobody's.
  settings.update({ owner: null });
  try {
    await leave();
  } catch (error) {
    settings.update({ owner });
    throw error;
  }
}
