import { expect, test } from 'vitest';
import { keepToasts } from './keep-toasts.ts';
import type { ShownToast, Toast } from './toast-context.ts';

const idsOf = (...toasts: readonly Toast[]) =>
  toasts
    .reduce<readonly ShownToast[]>((all, toast, id) => keepToasts(all, { ...toast, id, isOld: false }), [])
    .map(({ id }) => id);

const failed = (text: string): Toast => ({ text, isError: true });

test('of the news the last two are shown, of the failures every one', () => {
  const toasts = [{ text: 'one' }, failed('a'), { text: 'two' }, failed('b'), { text: 'three' }];
  expect(idsOf(...toasts)).toEqual([1, 2, 3, 4]);
});

test('the same words are shown once, as the newest', () => {
  expect(idsOf(failed('a'), { text: 'saved' }, failed('a'))).toEqual([1, 2]);
});

test('what was done twice can be undone twice', () => {
  const deleted = { text: '1 file moved to the trash.', action: { label: 'Undo', run: () => undefined } };
  expect(idsOf(deleted, deleted)).toEqual([0, 1]);
});
