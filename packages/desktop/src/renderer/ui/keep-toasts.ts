import type { ShownToast } from './toast-context.ts';

const MOST_NEWS = 2;

/** What is shown with one more: every failure until it is dismissed, of the rest the last, and the same words once. */
export function keepToasts(before: readonly ShownToast[], added: ShownToast): readonly ShownToast[] {
  // What can be undone from there was done anew, and stays to be undone.
  const isAgain = ({ text, action }: ShownToast) => text === added.text && action === undefined;
  const all = [...before.filter((toast) => !isAgain(toast)), added];
  const news = all.filter(({ isError }) => isError !== true);
  const dropped = new Set(news.slice(0, Math.max(0, news.length - MOST_NEWS)));
  return all.filter((toast) => !dropped.has(toast));
}
