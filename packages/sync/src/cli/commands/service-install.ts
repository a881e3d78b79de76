import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../format.ts';
import { type FolderFlags, folderArgs } from '../program/folder-options.ts';
import { managerOf } from '../service/manager-of.ts';
import { MARK } from '../service/mark.ts';
import { runStep, runSteps } from '../service/run-steps.ts';
import type { ServiceManager, ServiceSpec } from '../service/service-manager.ts';
import { findSelection } from '../watch/find-selection.ts';
import { findTargets } from '../watch/find-targets.ts';

export interface InstallOptions extends FolderFlags {
  readonly folders: readonly string[];
  readonly to: string;
  readonly name: string;
  /** Only shows what would be written and run. */
  readonly isDryRun: boolean;
}

const PROGRAM = join(import.meta.dirname, '../../../bin/instashare.js');

/** Has the system run a watch of these folders from each log-in on. Asked again, it replaces what it has made. */
export async function installService(context: CommandContext, options: InstallOptions): Promise<void> {
  const { output } = context;
  const manager = managerOf(context, options.name);
  const spec = await specOf(context, options);
  const content = manager.contentOf(spec);
  await requireOurs(manager);
  const event = { event: options.isDryRun ? 'service_plan' : 'service_installed', path: manager.path };
  if (options.isDryRun) {
    const written = new TextDecoder(content[0] === 0xff ? 'utf-16le' : 'utf-8').decode(content);
    // A proxy's address may have a password in it, which is nothing for a screen or a log.
    const text = written.replaceAll(/(:\/\/)[^\s/"<@]+@/g, '$1…@');
    const steps = [...manager.prepare, ...manager.install].map((step) => step.join(' '));
    output.result({ ...event, content: text, steps }, [`# ${manager.path}`, text, ...steps].join('\n'));
    return;
  }
  await mkdir(dirname(manager.path), { recursive: true });
  for (const step of manager.prepare) await runStep(step).catch(() => undefined);
  await replaceFile(manager.path, content);
  try {
    await runSteps(manager.install);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const message = `${manager.path} is written, but the service does not run: ${error.message}`;
    throw new CliError(message, { code: error.code, cause: error });
  }
  output.result(event, `The service ${options.name} runs, now and from each log-in on (${manager.path})`);
  if (manager.hint !== null) output.note(manager.hint);
  noteVariables(context, manager, spec);
}

function noteVariables({ output }: CommandContext, manager: ServiceManager, spec: ServiceSpec): void {
  const names = Object.keys(spec.environment);
  if (manager.givesVariables || names.length === 0) return;
  output.note(
    `It has the variables of your account alone: set ${names.join(', ')} there ("setx"), or it misses them`,
  );
}

async function specOf(context: CommandContext, options: InstallOptions): Promise<ServiceSpec> {
  const targets = await findTargets(options);
  await findSelection(options, targets);
  await using connection = await connect(context);
  if (connection.by === 'token') {
    const message = 'A service uses a log-in, not INSTASHARE_TOKEN: unset that, and use "instashare login"';
    throw new CliError(message);
  }
  const folders = targets.map(({ folder }) => folder);
  const to = options.to === '' ? [] : ['--to', options.to];
  // The one that is meant now, whichever is logged in to later.
  const server = ['--server', connection.client.url];
  const spec = {
    name: options.name,
    description: `Instashare: uploads ${folders.join(', ')}`,
    command: [process.execPath, PROGRAM, 'watch', ...folders, ...to, ...folderArgs(options), ...server],
    environment: environmentFor(context),
  };
  requireWritable(spec);
  return spec;
}

const CA_CERTS = 'NODE_EXTRA_CA_CERTS';

/** How the server is reached from here; in capitals or not. */
const CARRIED = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', CA_CERTS];

/** A service has none of what a shell was told: without this it would look elsewhere, and not find the server. */
function environmentFor({ configFolder, environment }: CommandContext): Record<string, string> {
  const carried = CARRIED.flatMap((name) => {
    const value = environment[name] ?? '';
    // A service runs elsewhere.
    return value === '' ? [] : [[name, name === CA_CERTS ? resolve(value) : value] as const];
  });
  const isElsewhere = (environment['INSTASHARE_CONFIG_DIR'] ?? '') !== '';
  return {
    ...(isElsewhere ? { INSTASHARE_CONFIG_DIR: configFolder } : {}),
    ...Object.fromEntries(carried),
  };
}

/** None of the files has a way to write a control character that all readers understand. */
function requireWritable({ command, environment }: ServiceSpec): void {
  const isOdd = (text: string) => printable(text) !== text;
  const odd = command.find(isOdd) ?? Object.keys(environment).find((name) => isOdd(environment[name] ?? ''));
  if (odd === undefined) return;
  throw new CliError(`${printable(odd)} has control characters in it: a service can't be given that`);
}

/** For its owner's eyes alone: a proxy's address may have a password in it. */
async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const fresh = `${path}.new`;
  // The mode counts for a new file only.
  await rm(fresh, { force: true });
  await writeFile(fresh, content, { mode: 0o600 });
  await rename(fresh, path);
}

async function requireOurs({ path }: ServiceManager): Promise<void> {
  const content = await readFile(path).catch(() => null);
  if (content === null) return;
  if (content.includes(MARK) || content.includes(Buffer.from(MARK, 'utf16le'))) return;
  throw new CliError(`${path} is not of Instashare's making: remove it, or give another --name`);
}
