/** `npm run check:openapi`: whether docs/openapi.json is a well-made OpenAPI document, by the rules of redocly.yaml. */
import { fileURLToPath } from 'node:url';
import { lint, loadConfig } from '@redocly/openapi-core';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const config = await loadConfig({ configPath: pathOf('redocly.yaml') });
const found = await lint({ ref: pathOf('../../docs/openapi.json'), config });
// What .redocly.lint-ignore.yaml names, with a reason.
const problems = found.filter(({ ignored }) => ignored !== true);
for (const { severity, ruleId, message, location } of problems) {
  console.error(
    `${severity} ${ruleId}: ${message}\n  at ${location.map(({ pointer }) => pointer).join(', ')}`,
  );
}
process.exitCode = problems.length > 0 ? 1 : 0;
