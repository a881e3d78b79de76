/** What axe finds wrong with a page for people who can't see it well, or don't use a mouse. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Every rule but those that are experimental or for WCAG's level AAA; of those, two that are right here. None is left out. */
const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'label-content-name-mismatch': { enabled: true }, 'focus-order-semantics': { enabled: true } },
  resultTypes: ['violations'],
};

const faultsSchema = z.array(z.string());

/** What is wrong with the page in the colours that it has right now. */
export async function faultsOf(page: Page): Promise<string[]> {
  // As a script of the page it would be refused by the page's policy.
  if (!z.boolean().parse(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source);
  const found = await page.evaluate(`
    axe.run(${JSON.stringify(OPTIONS)}).then(({ violations }) =>
      violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any, all }) =>
          [id + ': ' + help, target.join(' '), ...[...any, ...all].map(({ message }) => message)].join(' | '),
        ),
      ),
    )
  `);
  return faultsSchema.parse(found);
}
