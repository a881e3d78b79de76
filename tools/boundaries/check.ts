/** Prints every import that points the wrong way, with the rule it breaks; exit code 1 if there is one. */
import { fileURLToPath } from 'node:url';
import { cruiseRepository } from './cruise.ts';
import { RULES } from './rules.ts';

const rootDir = fileURLToPath(new URL('../..', import.meta.url));
const { violations, moduleCount } = await cruiseRepository(rootDir, RULES);

const comments = new Map(RULES.map(({ name, comment }) => [name, comment]));
for (const { rule, from, to, unresolvedTo, cycle } of violations) {
  const path = cycle === undefined ? [unresolvedTo ?? to] : cycle.map(({ name }) => name);
  console.error(`${rule.name}: ${[from, ...path].join(' → ')}\n    ${comments.get(rule.name) ?? ''}`);
}
console.log(`${violations.length} of the imports in ${moduleCount} modules point the wrong way.`);
process.exitCode = violations.length === 0 ? 0 : 1;
