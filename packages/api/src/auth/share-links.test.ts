import { expect, test } from 'vitest';
import { createShareUnlocks } from './share-links.ts';

const share = { id: '018f0000-0000-7000-8000-000000000001', passwordHash: 'hash' };
const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-01T01:00:00Z');

test('an unlock is good for its time, for its share and for its password', () => {
  const unlocks = createShareUnlocks('s'.repeat(32));
  const unlock = unlocks.make(share, later);
  expect(unlocks.isValid(unlock, share, now)).toBe(true);
  const refused = [
    unlocks.isValid(unlock, share, later),
    unlocks.isValid(unlock, { ...share, id: 'another' }, now),
    unlocks.isValid(unlock, { ...share, passwordHash: 'changed' }, now),
    unlocks.isValid(unlock.replace(/^\d/, '9'), share, now),
    unlocks.isValid('', share, now),
    unlocks.isValid(`9999999999999.${'A'.repeat(43)}`, share, now),
    createShareUnlocks('x'.repeat(32)).isValid(unlock, share, now),
  ];
  expect(refused).toEqual(refused.map(() => false));
});
