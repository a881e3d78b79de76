import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Settings, settingsSchema } from '../shared/settings.ts';

export interface KeptSettings {
  readonly settings: Settings;
  /** Where a file lies now that could not be read; null when there was none of that kind. */
  readonly damagedPath: string | null;
}

/** What can't be read is put aside, never written over: it may be all that tells which folders there were. */
export function readSettings(path: string): KeptSettings {
  const defaults = settingsSchema.parse({});
  try {
    return { settings: settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))), damagedPath: null };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { settings: defaults, damagedPath: null };
    const damagedPath = freePath(`${path}.bad`);
    renameSync(path, damagedPath);
    return { settings: defaults, damagedPath };
  }
}

/** Those of an earlier time may be what somebody still looks for. */
function freePath(path: string): string {
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? path : `${path}.${n}`;
    if (!existsSync(free)) return free;
  }
}

/** Replaces the file in one step. On the disk before it has its name, or a power cut may leave the name to nothing. */
export function writeSettings(path: string, settings: Settings): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
