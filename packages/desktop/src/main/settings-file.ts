import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { nativeTheme } from 'electron';
import { type Settings, settingsSchema } from '../shared/settings.ts';

/** The fields to change; one that is undefined stays. */
type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsFile {
  get(): Settings;
  /** Writes them down, then tells. */
  update(patch: SettingsChange): Settings;
  onChange(listener: () => void): void;
}

/** Settings that are missing or damaged are those of a first start. */
export function openSettings(path: string): SettingsFile {
  const listeners: (() => void)[] = [];
  let settings = read(path);
  nativeTheme.themeSource = settings.theme;
  return {
    get: () => settings,
    update(patch) {
      const next = settingsSchema.parse({ ...settings, ...withoutUndefined(patch) });
      write(path, next);
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

function read(path: string): Settings {
  let kept: unknown = {};
  try {
    kept = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // There are none yet, or a crash of the disk has damaged them.
  }
  const settings = settingsSchema.catch(settingsSchema.parse({})).parse(kept);
  return settings.deviceName === '' ? { ...settings, deviceName: hostname() } : settings;
}

function write(path: string, settings: Settings): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
