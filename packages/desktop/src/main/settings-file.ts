import { hostname } from 'node:os';
import { nativeTheme } from 'electron';
import { type Settings, settingsSchema } from '../shared/settings.ts';
import { readSettings, writeSettings } from './kept-settings.ts';

/** The fields to change; one that is undefined stays. */
type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsFile {
  get(): Settings;
  /** Writes them down, then tells. */
  update(patch: SettingsChange): Settings;
  onChange(listener: () => void): void;
  /** Where those lie that could not be read at this start. */
  readonly damagedPath: string | null;
}

/** Settings that are missing are those of a first start; so are damaged ones, which are kept aside. */
export function openSettings(path: string): SettingsFile {
  const listeners: (() => void)[] = [];
  const { settings: kept, damagedPath } = readSettings(path);
  let settings = kept.deviceName === '' ? { ...kept, deviceName: hostname() } : kept;
  nativeTheme.themeSource = settings.theme;
  return {
    damagedPath,
    get: () => settings,
    update(patch) {
      const next = settingsSchema.parse({ ...settings, ...withoutUndefined(patch) });
      writeSettings(path, next);
      settings = next;
      nativeTheme.themeSource = settings.theme;
      for (const listener of listeners) listener();
      return settings;
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

const withoutUndefined = (patch: SettingsChange): Partial<Settings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
