import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { app, clipboard, dialog, shell } from 'electron';
import { AppFailure } from '../../shared/app-failure.ts';
import type { AppState } from '../../shared/app-state.ts';
import { type PathInFolder, withIgnored, withoutIgnored } from '../../shared/ignored.ts';
import type { Handlers } from '../../shared/procedure.ts';
import type { Settings } from '../../shared/settings.ts';
import type { WINDOW_MAIN_PROCEDURES } from '../../shared/window-procedures.ts';
import { addFolder } from '../add-folder.ts';
import { canStartAtLogin } from '../autostart.ts';
import { chooseFolder, chooseUploads } from '../choose-places.ts';
import { describeForDiagnostics } from '../diagnostics.ts';
import type { EngineHost } from '../engine-host.ts';
import type { MainWindow } from '../main-window.ts';
import type { Meter } from '../metered.ts';
import { downloadAndShow, openFile } from '../open-file.ts';
import type { OpenedFolder } from '../opened-folder.ts';
import type { PauseTimer } from '../pause-timer.ts';
import { openOutside } from '../security.ts';
import type { SessionFile } from '../session-file.ts';
import type { SettingsFile } from '../settings-file.ts';
import { signOut } from '../sign-out.ts';
import type { Updates } from '../updates.ts';
import { checkedUploads } from './upload-dropped.ts';

export interface WindowHandlersOptions {
  readonly settings: SettingsFile;
  readonly engine: EngineHost;
  readonly pause: PauseTimer;
  readonly window: MainWindow;
  readonly sessionFile: SessionFile;
  readonly state: () => AppState;
  readonly updates: Updates;
  readonly meter: Meter;
  readonly openedFolder: OpenedFolder;
  /** Quits in order, then installs what is ready. */
  readonly quitAndUpdate: () => void;
}

type FileProcedures = Pick<
  typeof WINDOW_MAIN_PROCEDURES,
  Extract<keyof typeof WINDOW_MAIN_PROCEDURES, `files.${string}`>
>;

/** What the main process does for the window. Places on this machine come from the system's dialogs alone. */
export function createWindowHandlers(
  options: WindowHandlersOptions,
): Handlers<typeof WINDOW_MAIN_PROCEDURES> {
  const { settings, engine, window } = options;
  return {
    'app.info': () => describeApp(options),
    'settings.get': () => settings.get(),
    'settings.update': (patch) => settings.update(patch),
    'setup.finish'() {
      const { account } = options.state();
      if (account === null) return settings.get();
      const { server, userId } = account;
      return settings.update({ server, owner: { server, userId } });
    },
    async 'account.logout'(input) {
      await signOut({ settings, leave: () => engine.ask('account.leave', input) });
      options.openedFolder.clear();
    },
    async 'folders.choose'() {
      const path = await chooseFolder(window, 'Choose a folder to upload', 'Upload this folder');
      if (path === null) return settings.get();
      const { folders } = settings.get();
      return settings.update({ folders: await addFolder(folders, path) });
    },
    'folders.remove': ({ path }) =>
      settings.update({ folders: settings.get().folders.filter((folder) => folder.path !== path) }),
    'folders.show'({ folder, localPath }) {
      const isKnown = settings.get().folders.some(({ path }) => path === folder);
      const target = join(folder, localPath);
      const below = relative(folder, target);
      if (isKnown && !below.startsWith('..') && !isAbsolute(below)) shell.showItemInFolder(target);
    },
    'problems.ignore': (path) => ignore(settings, path),
    'folders.include': (path) => settings.update({ folders: withoutIgnored(settings.get().folders, path) }),
    ...pauseHandlers(options),
    ...updateHandlers(options),
    ...fileHandlers(options),
    'diagnostics.export': () => exportDiagnostics(options),
    'link.open': ({ url }) => openOutside(url),
  };
}

const describeApp = async ({ sessionFile, meter, settings }: WindowHandlersOptions) => ({
  version: app.getVersion(),
  platform: process.platform,
  hasKeychain: sessionFile.hasKeychain,
  canStartAtLogin: canStartAtLogin(),
  canTellMetered: await meter.canTell(),
  damagedSettings: settings.damagedPath,
});

function ignore(settings: SettingsFile, path: PathInFolder): Settings {
  const folders = withIgnored(settings.get().folders, path);
  if (folders !== null) return settings.update({ folders });
  const message = 'There are too many to ignore one by one: write a rule in the settings';
  throw new AppFailure({ code: 'invalid_input', message });
}

function fileHandlers({ engine, window, openedFolder }: WindowHandlersOptions): Handlers<FileProcedures> {
  const chooseTarget = () => chooseFolder(window, 'Choose where to save', 'Save here');
  return {
    async 'files.copyLink'(input) {
      const { url } = await engine.ask('files.share', input);
      await clipboard.writeText(url);
    },
    async 'files.chooseUploads'({ kind }) {
      const paths = await chooseUploads(window, kind);
      if (paths.length > 0) await engine.ask('files.upload', { paths: checkedUploads(paths), prefix: '' });
      return { chosen: paths.length };
    },
    async 'files.download'({ ids }) {
      const folder = await chooseTarget();
      return folder === null ? { files: 0 } : engine.ask('files.downloadTo', { ids, folder });
    },
    'files.open': ({ id }) => openFile(engine, { id, folder: openedFolder.path }),
    async 'files.downloadAndShow'({ id }) {
      const folder = await chooseTarget();
      return folder === null ? { isShown: false } : downloadAndShow(engine, { id, folder });
    },
  };
}

const updateHandlers = ({ updates, quitAndUpdate }: WindowHandlersOptions) => ({
  'update.get': () => updates.state(),
  'update.check': () => updates.check(),
  'update.install': quitAndUpdate,
});

function pauseHandlers({ settings, pause }: WindowHandlersOptions) {
  return {
    'sync.pause'({ minutes }: { readonly minutes: number | null }) {
      pause.set(minutes);
      return settings.get();
    },
    'sync.resume'() {
      pause.clear();
      return settings.get();
    },
  };
}

async function exportDiagnostics({
  settings,
  state,
  sessionFile,
}: WindowHandlersOptions): Promise<{ isSaved: boolean }> {
  const { filePath } = await dialog.showSaveDialog({ defaultPath: 'instashare-diagnostics.json' });
  if (filePath === '') return { isSaved: false };
  const report = describeForDiagnostics({
    version: app.getVersion(),
    system: `${process.platform} ${release()} ${process.arch}`,
    versions: {
      electron: process.versions['electron'] ?? '',
      chrome: process.versions['chrome'] ?? '',
      node: process.versions.node,
    },
    hasKeychain: sessionFile.hasKeychain,
    settings: settings.get(),
    state: state(),
  });
  await writeFile(filePath, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  return { isSaved: true };
}
