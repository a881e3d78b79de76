import { expect, test } from 'vitest';
import { type Settings, settingsSchema } from '../shared/settings.ts';
import { signOut } from './sign-out.ts';

const OWNER = { server: 'https://files.example.org', userId: 'one' };

function createSettings() {
  let settings = settingsSchema.parse({ owner: OWNER });
  return {
    get: () => settings,
    update(patch: Partial<Settings>): void {
      settings = { ...settings, ...patch };
    },
  };
}

test('whoever signs out leaves the folders to nobody, from before it begins', async () => {
  const settings = createSettings();
  await signOut({
    settings,
    async leave() {
      expect(settings.get().owner).toBeNull();
      await Promise.resolve();
    },
  });
  expect(settings.get().owner).toBeNull();
});

test('with the server away nobody is signed out, and the folders stay theirs', async () => {
  const settings = createSettings();
  const leave = () => Promise.reject(new Error('The server is away'));
  await expect(signOut({ settings, leave })).rejects.toThrow('The server is away');
  expect(settings.get().owner).toEqual(OWNER);
});
