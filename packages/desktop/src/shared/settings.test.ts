import { expect, test } from 'vitest';
import { settingsPatchSchema, settingsSchema } from './settings.ts';

test('what is missing or makes no sense has its default, and takes nothing else with it', () => {
  const kept = { theme: 'purple', folders: 'none', notifies: false, isSetUp: true };
  expect(settingsSchema.parse(kept)).toMatchObject({
    theme: 'system',
    folders: [],
    notifies: false,
    isSetUp: true,
  });
});

test('the window changes no folder: these come from the dialog of the system', () => {
  expect(settingsPatchSchema.parse({ folders: [{ path: '/etc', prefix: 'etc' }], theme: 'dark' })).toEqual({
    theme: 'dark',
  });
});
