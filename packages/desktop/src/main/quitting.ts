import { app } from 'electron';

export interface Quitting {
  readonly quit: () => void;
  /** Quits, then does what was told to be the last. */
  readonly quitAndUpdate: () => void;
}

export interface QuittingOptions {
  /** False: the person would rather not, now. */
  readonly mayQuit: () => Promise<boolean>;
  readonly end: () => Promise<void>;
  /** With everything else ended, puts a newer version in the place of this one. */
  readonly update: () => void;
}

/** However the app is told to quit (its menu, the keyboard, the system), it ends everything in order, and asks first. */
export function quitInOrder({ mayQuit, end, update }: QuittingOptions): Quitting {
  let isEnding = false;
  let hasEnded = false;
  let isUpdating = false;

  async function tryToEnd(): Promise<boolean> {
    const updates = isUpdating;
    isUpdating = false;
    if (!(await mayQuit())) return false;
    await end();
    if (updates) update();
    return true;
  }

  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    // What can't be ended in order is ended all the same.
    void tryToEnd()
      .catch(() => true)
      .then((mayQuitNow) => {
        isEnding = false;
        hasEnded = mayQuitNow;
        if (hasEnded) app.quit();
      });
  });
  return {
    quit: () => app.quit(),
    quitAndUpdate() {
      isUpdating = true;
      app.quit();
    },
  };
}

/** An AppImage is started by its own file: where this process lies is gone when it ends. */
export function startAgain({ APPIMAGE: appImage }: NodeJS.ProcessEnv): void {
  app.relaunch(appImage === undefined ? {} : { execPath: appImage });
}
