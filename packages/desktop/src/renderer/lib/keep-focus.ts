/** Where the focus goes when what has it goes away, from near to far. */
const PLACES = 'section, nav, dialog, form, main';

/**
 * A control that is pressed may vanish with its row, or be disabled by what it has done: then nothing would have the
 * focus, and a screen reader would begin at the top of the window. It goes to the part of the page that the control
 * was in, and back to the control itself when that is only busy for a moment.
 */
export function keepFocus(root: Element): void {
  /** What had the focus last, and everything around it. */
  let chain: readonly Element[] = [];
  root.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) chain = [...ancestorsOf(target)];
  });
  // Who clicks beside everything means to take the focus away.
  root.addEventListener('mousedown', () =>
    setTimeout(() => {
      if (hasNoFocus()) chain = [];
    }),
  );
  new MutationObserver(() => {
    const [last] = chain;
    if (last === undefined || !hasNoFocus() || last.matches(':disabled')) return;
    const place = last.isConnected ? last : chain.find((near) => near.isConnected && near.matches(PLACES));
    if (place instanceof HTMLElement) focusOn(place);
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
}

const hasNoFocus = (): boolean => document.activeElement === null || document.activeElement === document.body;

function focusOn(place: HTMLElement): void {
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function* ancestorsOf(element: Element): Generator<Element> {
  for (let near: Element | null = element; near !== null; near = near.parentElement) yield near;
}
