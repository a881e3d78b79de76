/**
 * Has `@doyensec/electronegativity` read the app's sources, and writes what it names to `docs/desktop-electronegativity.md`,
 * each with why it is not open. Fails when it names something that is not explained here.
 *
 * It is fetched by npx and no dependency: some 350 packages come with it, many of them old.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { transformWithOxc } from 'vite';
import { z } from 'zod';

const TOOL = '@doyensec/electronegativity@1.10.3';
const SOURCES = join(import.meta.dirname, 'src');
const REPORT = join(import.meta.dirname, '..', '..', 'docs', 'desktop-electronegativity.md');

const EXPLAINED: Readonly<Record<string, string>> = {
  CSP_GLOBAL_CHECK:
    'There is one, which it does not see: the protocol of the page sends it as a header (`app-protocol.ts`). `security.test.ts` finds it at work.',
  PROTOCOL_HANDLER_JS_CHECK:
    'Links `instashare:` can come from any page. `read-deep-link.ts` takes `instashare://open` and nothing else, which shows the window.',
  AUXCLICK_JS_CHECK:
    'A middle click opens no window: the app refuses every new one, however it comes about, and every navigation (`security.ts`, tried by `security.test.ts`).',
  PRELOAD_JS_CHECK:
    'It wants somebody to read the preload script: that hands out three functions, and no object of Electron’s (`preload.ts`).',
  OPEN_EXTERNAL_JS_CHECK: 'It is given https addresses only (the line itself, tried by `security.test.ts`).',
};

/** As much of SARIF 2.1 as it writes. */
const reportSchema = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          ruleId: z.string(),
          message: z.object({ text: z.string() }),
          locations: z.array(
            z.object({ physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }) }),
          ),
        }),
      ),
    }),
  ),
});

interface Finding {
  readonly check: string;
  readonly words: string;
  /** Below `src`; null: the app as a whole. */
  readonly file: string | null;
}

/** It reads no TypeScript, and no newer JavaScript. Tests are no part of the app. */
async function compileSources(to: string): Promise<void> {
  for (const entry of await readdir(SOURCES, { withFileTypes: true, recursive: true })) {
    const source = join(entry.parentPath, entry.name);
    if (!/\.(tsx?|html)$/.test(entry.name) || entry.name.includes('.test.')) continue;
    const target = join(to, relative(SOURCES, source)).replace(/\.tsx?$/, '.js');
    const text = await readFile(source, 'utf8');
    await mkdir(dirname(target), { recursive: true });
    const isPage = source.endsWith('.html');
    await writeFile(
      target,
      isPage ? text : (await transformWithOxc(text, source, { target: 'es2020' })).code,
    );
  }
}

/** Where its words of other languages can't be reached it throws past every catch of its own: that ends nothing here. */
const GO_ON =
  "--import=data:text/javascript,process.on('uncaughtException',({message})=>console.error(message))";

async function runTool(cwd: string): Promise<Finding[]> {
  const electron = await shippedElectron();
  const report = join(cwd, 'report.sarif');
  // Whether there is a newer Electron changes from day to day, and is not what the sources can tell.
  const options = ['-e', electron, '-x', 'AvailableSecurityFixesGlobalCheck', '-r', '-o', report];
  const args = ['--yes', `--package=${TOOL}`, '--', 'electronegativity', '-i', join(cwd, 'src'), ...options];
  const env = { ...process.env, NODE_OPTIONS: GO_ON };
  const { error } = spawnSync('npx', args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined) throw error;
  const { runs } = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
  return runs.flatMap(({ results }) =>
    results.map(({ ruleId, message, locations }) => {
      const uri = locations[0]?.physicalLocation.artifactLocation.uri ?? '';
      return { check: ruleId, words: message.text, file: uri.startsWith('file:') ? null : uri };
    }),
  );
}

async function shippedElectron(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, 'package.json'), 'utf8');
  return z.object({ devDependencies: z.object({ electron: z.string() }) }).parse(JSON.parse(text))
    .devDependencies.electron;
}

function reportOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ check, words, file }) => {
    const where = file === null ? 'the app' : `\`src/${file.replace(/\.js$/, '.ts')}\``;
    return `| ${check} | ${where} | ${words} | ${EXPLAINED[check] ?? '**Not explained.**'} |`;
  });
  return [
    '# What electronegativity says of the desktop app',
    '',
    `Written by \`npm run check:electronegativity -w @instashare/desktop\`: \`${TOOL}\` over`,
    '`packages/desktop/src`, its files compiled to ES2020 one by one. It has no check for `openPath`: that is called in one place',
    '(`main/open-file.ts`), with a path that the engine has found.',
    '',
    '| check | where | what it says | why it is not open |',
    '|---|---|---|---|',
    ...rows.toSorted(),
    '',
  ].join('\n');
}

const folder = await mkdtemp(join(tmpdir(), 'instashare-electronegativity-'));
try {
  await compileSources(join(folder, 'src'));
  const findings = await runTool(folder);
  await writeFile(REPORT, reportOf(findings));
  const open = findings.filter(({ check }) => EXPLAINED[check] === undefined);
  for (const { check, file, words } of open) console.error(`Not explained: ${check} in ${file}: ${words}`);
  console.log(`${findings.length} findings, ${open.length} of them not explained: ${REPORT}`);
  process.exitCode = open.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
