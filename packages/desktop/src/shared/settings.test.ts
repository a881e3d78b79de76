import { expect, test } from 'vitest';
import { isSameOwner, settingsPatchSchema, settingsSchema } from './settings.ts';

test('what is missing or makes no sense has its default, and takes nothing else with it', () => {
  const kept = { theme: 'purple', folders: 'none', notifies: false, owner: 'me' };
  expect(settingsSchema.parse(kept)).toMatchObject({
    theme: 'system',
    folders: [],
    notifies: false,
    owner: null,
  });
});

test('the window changes no folder: these come from the dialog of the system', () => {
  expect(settingsPatchSchema.parse({ folders: [{ path: '/etc', prefix: 'etc' }], theme: 'dark' })).toEqual({
    theme: 'dark',
  });
});

test('hours are two different times of the day, and a limit is one that lets something through', () => {
  const night = { from: '22:00', to: '06:00' };
  expect(settingsSchema.parse({ hours: night, uploadBytesPerSecond: 50_000 })).toMatchObject({
    hours: night,
    uploadBytesPerSecond: 50_000,
  });
  for (const hours of [
    { from: '24:00', to: '06:00' },
    { from: '6:00', to: '07:00' },
    { from: '06:00', to: '06:00' },
  ])
    expect(settingsPatchSchema.safeParse({ hours }).success).toBe(false);
  expect(settingsPatchSchema.safeParse({ uploadBytesPerSecond: 1 }).success).toBe(false);
});

test('folders are those of one account on one server', () => {
  const owner = { server: 'https://one.example', userId: 'a' };
  expect(isSameOwner(owner, { ...owner })).toBe(true);
  expect(isSameOwner(owner, { ...owner, userId: 'b' })).toBe(false);
  expect(isSameOwner(owner, { ...owner, server: 'https://other.example' })).toBe(false);
  expect([isSameOwner(null, owner), isSameOwner(owner, null), isSameOwner(null, null)]).toEqual([
    false,
    false,
    false,
  ]);
});
