import { BrowserWindow, type WebContents, type WebFrameMain } from 'electron';
import { EVENT_CHANNEL, type WindowEvent, windowEventSchema } from '../shared/window-procedures.ts';
import { APP_ORIGIN, APP_PAGE } from './page-file.ts';
import { zoomAfter } from './zoom-after.ts';

/** A page that crashes again within this time is not made anew before somebody asks for the window. */
const CRASHED_AGAIN_MS = 10_000;

/** The one window. Closed, it stays in the tray; it is made when it is shown first. */
export interface MainWindow {
  readonly show: () => void;
  readonly tell: (event: WindowEvent) => void;
  /** From now on closing it is closing it: the app is about to quit. */
  readonly allowClose: () => void;
  readonly isOurs: (frame: WebFrameMain | null) => boolean;
  readonly current: () => BrowserWindow | null;
}

function makeWindow(preload: string): BrowserWindow {
  return new BrowserWindow({
    width: 1080,
    height: 720,
    minWidth: 420,
    minHeight: 480,
    show: false,
    title: 'Instashare',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
}

/** Larger and smaller by the keys that every browser has for it: they come with the menu, which is not there. */
function followZoomKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, pressed) => {
    const level = zoomAfter(contents.getZoomLevel(), pressed);
    if (level === null) return;
    event.preventDefault();
    contents.setZoomLevel(level);
  });
}

/** A page whose process is gone leaves the window blank: loaded again, it gets a new one. */
function loadPage(window: BrowserWindow, mayLoadAgain: () => boolean): void {
  let crashedAtMs = 0;
  window.webContents.on('render-process-gone', () => {
    const isFirst = Date.now() - crashedAtMs > CRASHED_AGAIN_MS;
    crashedAtMs = Date.now();
    if (isFirst && mayLoadAgain()) void window.loadURL(APP_PAGE);
  });
  void window.loadURL(APP_PAGE);
}

export function createMainWindow({ preload }: { readonly preload: string }): MainWindow {
  let window: BrowserWindow | null = null;
  let mayClose = false;

  function open(): BrowserWindow {
    const opened = makeWindow(preload);
    opened.removeMenu();
    followZoomKeys(opened.webContents);
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', (event) => {
      if (mayClose) return;
      event.preventDefault();
      opened.hide();
    });
    opened.on('closed', () => {
      window = null;
    });
    loadPage(opened, () => !mayClose);
    return opened;
  }

  return {
    show() {
      if (window === null) window = open();
      else {
        if (window.webContents.isCrashed()) void window.loadURL(APP_PAGE);
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
      }
    },
    tell(event) {
      if (window === null || window.webContents.isLoading()) return;
      window.webContents.send(EVENT_CHANNEL, windowEventSchema.parse(event));
    },
    allowClose() {
      mayClose = true;
    },
    isOurs(frame) {
      if (frame === null || window === null || window.isDestroyed()) return false;
      return frame === window.webContents.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
    },
    current: () => window,
  };
}
