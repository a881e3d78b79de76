import { expect, test } from 'vitest';
import { type AppState, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import { describeTray } from './describe-tray.ts';

const describe = (state: Partial<AppState>) =>
  describeTray({ ...SIGNED_OUT_STATE, ...state }, { state: 'impossible' });
const usual = ['sync', 'pause'];

test.each([
  { health: 'signed_out', icon: 'off', heading: 'Not logged in', offers: [] },
  { health: 'up_to_date', icon: 'ok', heading: 'Ready', offers: usual },
  { health: 'scanning', icon: 'busy', heading: 'Looking for changes', offers: usual },
  { health: 'waiting', icon: 'off', heading: 'Waiting', offers: usual },
  { health: 'offline', icon: 'off', heading: 'Offline', offers: usual },
  { health: 'attention', icon: 'attention', heading: 'Needs you', offers: usual },
] as const)('the icon, the words and the menu of $health', ({ health, ...words }) => {
  expect(describe({ health })).toEqual({
    ...words,
    toolTip: `Instashare: ${words.heading}`,
    version: null,
  });
});

test('what a person has paused is resumed, what the system has is not', () => {
  const paused = { icon: 'paused', toolTip: 'Instashare: Paused', heading: 'Paused', version: null };
  expect(describe({ health: 'paused', pausedBy: 'person' })).toEqual({ ...paused, offers: ['resume'] });
  expect(describe({ health: 'paused', pausedBy: 'battery' })).toEqual({ ...paused, offers: usual });
});

test('the menu stays as it is while files go up; the words count', () => {
  const { toolTip, ...menu } = describe({ health: 'uploading', doneFiles: 11, totalFiles: 340 });
  const { toolTip: later, ...laterMenu } = describe({ health: 'uploading', doneFiles: 12, totalFiles: 340 });
  expect([toolTip, later]).toEqual(['Instashare: Uploading 12 of 340', 'Instashare: Uploading 13 of 340']);
  expect(laterMenu).toEqual(menu);
  expect(menu).toEqual({ icon: 'busy', heading: 'Uploading', offers: usual, version: null });
});

test('a newer version that is ready is offered', () => {
  const ready = { state: 'ready', version: '1.2.3', isInstalledOnQuit: true } as const;
  const { offers, version } = describeTray({ ...SIGNED_OUT_STATE, health: 'up_to_date' }, ready);
  expect({ offers, version }).toEqual({ offers: [...usual, 'update'], version: '1.2.3' });
});
