/** What the fuses of a packaged app are set to. */
import { readFile } from 'node:fs/promises';

/** Stands before them in every Electron: https://www.electronjs.org/docs/latest/tutorial/fuses. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** By their place behind it; what is not ours to set is left out. */
const PLACES = {
  runAsNode: 0,
  enableCookieEncryption: 1,
  enableNodeOptionsEnvironmentVariable: 2,
  enableNodeCliInspectArguments: 3,
  enableEmbeddedAsarIntegrityValidation: 4,
  onlyLoadAppFromAsar: 5,
  grantFileProtocolExtraPrivileges: 7,
} as const;
const ON = '1';
/** Behind the sentinel come a byte with the version, and one with how many there are. */
const HEADER_BYTES = 2;

export type Fuses = Readonly<Record<keyof typeof PLACES, boolean>>;

export async function readFuses(executablePath: string): Promise<Fuses> {
  const program = await readFile(executablePath);
  const at = program.indexOf(SENTINEL);
  if (at === -1) throw new Error(`${executablePath} has no fuses`);
  const first = at + SENTINEL.length + HEADER_BYTES;
  const isOn = (name: keyof typeof PLACES) => String.fromCharCode(program[first + PLACES[name]] ?? 0) === ON;
  return {
    runAsNode: isOn('runAsNode'),
    enableCookieEncryption: isOn('enableCookieEncryption'),
    enableNodeOptionsEnvironmentVariable: isOn('enableNodeOptionsEnvironmentVariable'),
    enableNodeCliInspectArguments: isOn('enableNodeCliInspectArguments'),
    enableEmbeddedAsarIntegrityValidation: isOn('enableEmbeddedAsarIntegrityValidation'),
    onlyLoadAppFromAsar: isOn('onlyLoadAppFromAsar'),
    grantFileProtocolExtraPrivileges: isOn('grantFileProtocolExtraPrivileges'),
  };
}
