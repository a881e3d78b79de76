/**
 * Removes variables that are set but empty, which to us are not set: libraries that read the environment
 * themselves may take them for values (Google's takes an empty STORAGE_EMULATOR_HOST for an address).
 */
export function unsetEmpty(environment: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(environment)) if (value === '') delete environment[name];
}
