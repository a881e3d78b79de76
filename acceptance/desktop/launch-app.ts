/** Runs the desktop app as a person does, by its windows. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { findElectron, openDisplay } from './electron.ts';

export interface DesktopApp extends AsyncDisposable {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Whenever it asks for something on this machine from now on, it gets these; none: the dialog is dismissed. */
  readonly willChoose: (...paths: string[]) => Promise<void>;
  /** Starts the app once more, beside this one; the exit code of the second. */
  readonly startSecond: () => Promise<number | null>;
  /** SIGKILL, as a crash or a power cut would. */
  readonly kill: () => Promise<void>;
}

const USABLE_MS = 60_000;

/** How the app is started here. */
export interface AppCommand {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Empty: the system's own. */
  readonly display: string;
}

/** Builds the app as it stands, and finds the Electron and the display to run it with. */
export async function prepareApp(): Promise<AppCommand & AsyncDisposable> {
  const cwd = join(CHECKOUT, 'packages', 'desktop');
  await promisify(execFile)('node', ['build.ts'], { cwd, env: scrubbedEnvironment() });
  return await commandFor(cwd);
}

/** How the Electron app in a folder is started here. */
export async function commandFor(app: string): Promise<AppCommand & AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const { executablePath, args } = opened.use(await findElectron(app));
  const display = opened.use(await openDisplay());
  const all = opened.move();
  return {
    executablePath,
    args,
    display: display.name ?? '',
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Starts the app with its settings, its log-in and its state in `configFolder`. */
export async function launchApp(
  command: AppCommand,
  configFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<DesktopApp> {
  await mkdir(configFolder, { recursive: true });
  const { executablePath, args, env } = withFolder(command, configFolder, environment);
  const electron = await _electron.launch({
    executablePath,
    args,
    env,
    timeout: USABLE_MS,
    // The page is as dark as the app has it, not as Playwright would.
    colorScheme: null,
  });
  const page = await electron.firstWindow({ timeout: USABLE_MS });
  page.setDefaultTimeout(USABLE_MS);
  // It can't be asked for once it has ended.
  const program = electron.process();
  return {
    electron,
    page,
    willChoose: (...paths) =>
      electron.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
      }, paths),
    startSecond: () => runToEnd(command, configFolder),
    async kill() {
      const exited = once(program, 'exit');
      program.kill('SIGKILL');
      await exited;
    },
    async [Symbol.asyncDispose]() {
      if (program.exitCode === null && program.signalCode === null) {
        const exited = once(program, 'exit');
        await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
        await exited;
      }
    },
  };
}

function withFolder(
  { executablePath, args, display }: AppCommand,
  configFolder: string,
  environment: Readonly<Record<string, string>> = {},
) {
  const own = { INSTASHARE_CONFIG_DIR: configFolder, DISPLAY: display, ...environment };
  const variables = Object.entries(scrubbedEnvironment(own)).filter(([, value]) => value !== undefined);
  return {
    executablePath,
    // As root, and without a graphics card.
    args: [...args, '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: Object.fromEntries(variables.map(([name, value]) => [name, String(value)])),
  };
}

async function runToEnd(command: AppCommand, configFolder: string): Promise<number | null> {
  const { executablePath, args, env } = withFolder(command, configFolder);
  const second = spawn(executablePath, args, { env, stdio: 'ignore' });
  await once(second, 'exit');
  return second.exitCode;
}
