import { expect, test } from 'vitest';
import { createUploadHold } from './upload-hold.ts';

const NOON = new Date(2026, 4, 4, 12).getTime();

test('uploads by hand are held by a pause and outside the hours, as the folders are', () => {
  let isHeld = false;
  using hold = createUploadHold({ holdUploads: (wanted) => void (isHeld = wanted) }, () => NOON);
  const night = { from: '22:00', to: '06:00' };
  const day = { from: '06:00', to: '22:00' };
  const heldBy = (limits: Parameters<typeof hold.set>[0]) => {
    hold.set(limits);
    return [isHeld, hold.isHeld, hold.closedUntil];
  };
  const tonight = new Date(2026, 4, 4, 22).toISOString();
  expect(heldBy({ pausedBy: null, hours: null })).toEqual([false, false, null]);
  expect(heldBy({ pausedBy: 'metered', hours: null })).toEqual([true, true, null]);
  expect(heldBy({ pausedBy: null, hours: night })).toEqual([true, true, tonight]);
  expect(heldBy({ pausedBy: null, hours: day })).toEqual([false, false, null]);
});
