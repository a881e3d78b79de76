/**
 * `npm run bench`: measures Instashare from outside, as a user sees it, side by side with other programs in the
 * same run. It prints Markdown; it proves nothing and never fails for being slow.
 */
import type { Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { measureParts } from './measure-parts.ts';
import { oneTable } from './one-table.ts';
import { HELP, parseOptions } from './options.ts';
import { openTempRoot } from './temp-root.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return console.log(HELP);
  await using opened = new AsyncDisposableStack();
  opened.use(await openTempRoot());
  console.log(`${describeMachine()}; ${options.runs} runs: median (least–most)\n`);
  const figures: Figure[] = [];
  for await (const part of measureParts(options)) {
    console.log(`${part.tables}\n`);
    figures.push(...part.figures);
  }
  if (figures.length > 0) console.log(oneTable(figures));
}

await main();
