import { expect, test } from 'vitest';
import { type Pressed, zoomAfter } from './zoom-after.ts';

const pressed = (key: string, own: Partial<Pressed> = {}): Pressed => ({
  type: 'keyDown',
  key,
  control: true,
  meta: false,
  alt: false,
  ...own,
});

test.each([
  [0, '+', 1],
  [0, '=', 1],
  [1, '-', 0],
  [4, '0', 0],
  [5, '+', 5],
  [-3, '-', -3],
] as const)('at level %i, %s leads to %i', (level, key, after) => {
  expect(zoomAfter(level, pressed(key))).toBe(after);
  expect(zoomAfter(level, pressed(key, { control: false, meta: true }))).toBe(after);
});

test('other keys, and the same ones without Ctrl, with Alt or released, are none of it', () => {
  const others = [
    pressed('a'),
    pressed('toString'),
    pressed('+', { control: false }),
    pressed('+', { alt: true }),
    pressed('+', { type: 'keyUp' }),
  ];
  expect(others.map((key) => zoomAfter(0, key))).toEqual(others.map(() => null));
});
