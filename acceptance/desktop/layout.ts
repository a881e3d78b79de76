/** Whether everything that a window shows can be seen and pressed there. */
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** The smallest that the window gets, and what is left of a window of 640 × 512 at 200 %. */
export const SMALLEST = 420;
const SIZES = [
  [SMALLEST, 480],
  [320, 256],
] as const;

/** Runs in the page. */
const FAULTS = `(() => {
  const visible = (root, selector) => [...root.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const nameOf = (one) => one.localName + '.' + one.className + ' "' + one.textContent.trim().slice(0, 40) + '"';
  const styleOf = (one) => getComputedStyle(one);
  const shown = visible(document.querySelector('dialog[open]') ?? document.body, '*')
    .filter((one) => one.closest('.visually-hidden, svg') === null);
  const isTooWide = (one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1;
  const isScroller = (one) => styleOf(one).overflowX !== 'visible';
  const isShortened = (one) => styleOf(one).textOverflow === 'ellipsis';
  const isText = (one) => ['INPUT', 'TEXTAREA'].includes(one.tagName);
  const controls = shown.filter((one) => one.matches('button, input, textarea'));
  const scrollerOf = (one) => {
    while (one !== null && styleOf(one).overflowY === 'visible') one = one.parentElement;
    return one;
  };
  const boxes = controls.map((one) => ({ one, scroller: scrollerOf(one), box: one.getBoundingClientRect() }));
  const overlap = ({ box: a }, { box: b }) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
    ...shown
      .filter((one) => isTooWide(one) && !isText(one) && !isShortened(one) &&
        (isScroller(one) || one.matches('button, label, p, h1, h2')))
      .map((one) => 'cut off: ' + nameOf(one)),
    ...shown
      .filter((one) => isShortened(one) && one.scrollWidth > one.clientWidth && one.clientWidth < 90)
      .map((one) => 'hardly anything left: ' + nameOf(one)),
    ...boxes.filter(({ box }) => box.left < 0 || box.right > innerWidth + 1).map(({ one }) => 'outside: ' + nameOf(one)),
    ...boxes.flatMap((a, index) =>
      boxes.slice(index + 1)
        .filter((b) => a.scroller === b.scroller && overlap(a, b))
        .map((b) => nameOf(a.one) + ' lies over ' + nameOf(b.one)),
    ),
  ];
})()`;

const NEXT_FRAMES =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))';

/** What is cut off, squeezed or covered, as large as the window is. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return z.array(z.string()).parse(await page.evaluate(FAULTS));
}

/** The same, and in small windows as well; `onSize` looks at each of these. */
export async function smallLayoutFaults(
  page: Page,
  onSize: (width: number) => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const faults = async (size: string) => (await layoutFaults(page)).map((fault) => `${size}: ${fault}`);
  const all = await faults('as it is');
  const devtools = await page.context().newCDPSession(page);
  for (const [width, height] of SIZES) {
    const metrics = { width, height, deviceScaleFactor: 0, mobile: false };
    await devtools.send('Emulation.setDeviceMetricsOverride', metrics);
    await page.evaluate(NEXT_FRAMES);
    all.push(...(await faults(`${width} × ${height}`)));
    await onSize(width);
  }
  await devtools.send('Emulation.clearDeviceMetricsOverride');
  await devtools.detach();
  await page.evaluate(NEXT_FRAMES);
  return all;
}
