/** The app without a mouse: where the keyboard is, and where it gets to. */
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** What has the focus: its name as it is read out, and whether one sees that it has it. */
const focusedSchema = z.object({ name: z.string(), role: z.string(), isSeen: z.boolean() });
export type Focused = z.infer<typeof focusedSchema>;

/** Runs in the page. A field is called by its label; what the browser draws round it counts, and that it is in view. */
const DESCRIBE = `(element) => {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  return {
    name: (element.getAttribute('aria-label') ?? (labels.join(' ') || element.textContent)).trim(),
    role: element.getAttribute('role') ?? element.localName,
    isSeen:
      style.outlineStyle !== 'none' &&
      Number.parseFloat(style.outlineWidth) >= 2 &&
      box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1,
  };
}`;

export async function focused(page: Page): Promise<Focused> {
  return focusedSchema.parse(await page.evaluate(`(${DESCRIBE})(document.activeElement)`));
}

/** Presses Tab until what is called so has the focus. Fails when it comes round to where it was. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const passed: string[] = [];
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) {
      if (!now.isSeen) throw new Error(`one does not see that "${now.name}" has the focus`);
      return;
    }
    passed.push(now.name);
  }
  throw new Error(`Tab does not get to ${String(name)}, but to: ${passed.join(', ')}`);
}

/** Everything that Tab reaches, once round, beginning where the focus is. */
export async function tabRound(page: Page): Promise<Focused[]> {
  const seen: Focused[] = [];
  await page.evaluate('window.tabbed = new Set()');
  for (;;) {
    await page.keyboard.press('Tab');
    const isAgain = z.boolean().parse(
      await page.evaluate(`(() => {
        const { tabbed } = window;
        const { activeElement } = document;
        // Nothing has the focus between the last and the first.
        if (activeElement === document.body) return false;
        const isAgain = tabbed.has(activeElement);
        tabbed.add(activeElement);
        return isAgain;
      })()`),
    );
    if (isAgain) return seen;
    const now = await focused(page);
    if (now.role !== 'body') seen.push(now);
    if (seen.length > 200) throw new Error('Tab never comes round');
  }
}

/** Every control that the page shows and that can be used. */
export async function controlsOf(page: Page): Promise<string[]> {
  const names = await page.evaluate(`
    [...document.querySelectorAll('button, input, textarea, select, a[href], [role=grid]')]
      .filter((element) => !element.disabled && element.checkVisibility())
      // Of a group of these the arrows choose one, and Tab goes to that.
      .filter((element) => element.type !== 'radio' || element.checked)
      .map((element) => (${DESCRIBE})(element).name)
  `);
  return z.array(z.string()).parse(names);
}
