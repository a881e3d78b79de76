import type { AppState } from '../shared/app-state.ts';
import type { Settings } from '../shared/settings.ts';

export interface DiagnosticsInput {
  readonly version: string;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly hasKeychain: boolean;
  readonly settings: Settings;
  readonly state: AppState;
}

/**
 * What helps to find a fault and tells nobody anything private: no names of files or folders, no address of the
 * account or the server, and no secret, of which the main process has none.
 */
export function describeForDiagnostics({
  settings,
  state,
  ...about
}: DiagnosticsInput): Record<string, unknown> {
  const { theme, notifies, startsAtLogin, owner, pausedUntilMs } = settings;
  return {
    ...about,
    settings: {
      theme,
      notifies,
      startsAtLogin,
      isSetUp: owner !== null,
      isPaused: pausedUntilMs !== null,
      folders: settings.folders.length,
    },
    state: {
      health: state.health,
      needsLogin: state.needsLogin,
      doneFiles: state.doneFiles,
      totalFiles: state.totalFiles,
      doneBytes: state.doneBytes,
      totalBytes: state.totalBytes,
      transfers: state.transferCount,
      problemCount: state.problemCount,
      folders: state.folders.map(({ phase, files, sizeBytes, heldDeletions, failure }) => ({
        phase,
        files,
        sizeBytes,
        heldDeletions,
        hasFailed: failure !== null,
      })),
    },
  };
}
