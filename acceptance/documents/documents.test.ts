/**
 * The commands of the documents, as they stand there, on a running server. Each block is run by one of the scripts, or
 * stands in the list of those that are not, with the reason.
 */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { checkCall, isKnownProgram } from './check-call.ts';
import { findBrokenLinks } from './links.ts';
import { type Block, findDocuments, readBlocks, readCodeSpans } from './markdown.ts';
import { NOT_RUN } from './not-run.ts';
import { isOf, type Script } from './script.ts';
import { CLI, README_CLI } from './scripts/cli.ts';
import { OPERATIONS } from './scripts/operations.ts';
import { README_RECORDING } from './scripts/recording.ts';
import { README_REST, UPLOAD_PROTOCOL } from './scripts/rest.ts';
import { README_RESTORE, STORAGE_FORMAT } from './scripts/storage-format.ts';
import { README_TYPESCRIPT } from './scripts/typescript.ts';
import { MISSING } from './shell.ts';
import { splitCommands } from './split-commands.ts';

const SCRIPTS: readonly Script[] = [
  CLI,
  OPERATIONS,
  README_CLI,
  README_RECORDING,
  README_REST,
  README_RESTORE,
  README_TYPESCRIPT,
  STORAGE_FORMAT,
  UPLOAD_PROTOCOL,
];

/** What else may stand between fences: nobody is to run it. */
const NO_COMMANDS = new Set(['json', 'mermaid', 'text']);

const documents = await findDocuments();
const blocks = (await Promise.all(documents.map(readBlocks))).flat();
const commands = blocks.filter(({ language }) => !NO_COMMANDS.has(language));
const isListed = (block: Block) =>
  NOT_RUN.some(({ document, begins }) => block.document === document && block.text.startsWith(begins));
const placeOf = ({ document, line }: Block) => `${document}:${line}`;

const titleOf = ({ document, sections, language }: Script): string =>
  `${document}${sections === null ? '' : `, ${sections.join()}`} (${language})`;

test.skipIf(MISSING.length > 0).each(SCRIPTS.map((script) => ({ title: titleOf(script), script })))(
  `the commands of $title work one after the other (missing: ${MISSING.join()})`,
  async ({ script }) => {
    const own = commands.filter((block) => isOf(block, script) && !isListed(block));
    expect(own.length).toBeGreaterThan(0);
    await script.run(own);
  },
);

describe('no command is left out:', () => {
  test('each block says by its language what it is', () => {
    const languages = new Set(['console', 'sh', 'ts', ...NO_COMMANDS]);
    expect(blocks.filter(({ language }) => !languages.has(language)).map(placeOf)).toEqual([]);
  });

  test('each block of commands is run once, or listed', () => {
    const counts = commands.map((block) => ({
      block: placeOf(block),
      runs: isListed(block) ? 1 : SCRIPTS.filter((script) => isOf(block, script)).length,
    }));
    expect(counts.filter(({ runs }) => runs !== 1)).toEqual([]);
  });

  test('each entry of the list is one block', () => {
    const counts = NOT_RUN.map(({ document, begins }) => ({
      document,
      begins,
      blocks: blocks.filter((block) => block.document === document && block.text.startsWith(begins)).length,
    }));
    expect(counts.filter((entry) => entry.blocks !== 1)).toEqual([]);
  });
});

describe('what is not run', () => {
  const listed = commands.filter((block) => isListed(block) && block.language === 'sh');

  test.skipIf(MISSING.includes('bash')).each(listed.map((block) => ({ place: placeOf(block), ...block })))(
    '$place is a shell’s, and names what there is',
    async ({ text }) => {
      execFileSync('bash', ['-n'], { input: text });
      const faults = await Promise.all(splitCommands(text).map(async (call) => checkCall(call)));
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
    },
  );

  test.each(documents)('%s: commands in the text name what there is', async (document) => {
    const calls = (await readCodeSpans(document)).flatMap(splitCommands).filter(isCall);
    const faults = await Promise.all(
      calls.map(async (call) => ({ call: call.join(' '), fault: await checkCall(call) })),
    );
    expect(faults.filter(({ fault }) => fault !== null)).toEqual([]);
  });
});

test.each(documents)('%s: links to the checkout lead somewhere', async (document) => {
  expect(await findBrokenLinks(document)).toEqual([]);
});

/** A program alone is only its name; and words in capitals stand for others. */
const isCall = ([program = '', first = '']: readonly string[]): boolean =>
  isKnownProgram(program) && /^[a-z-]/.test(first);
