/** What NetworkManager's `Metered` says, as busctl prints it (`u 1`); null for anything else. */
export function readMetered(text: string): boolean | null {
  const value = /^u ([0-4])$/.exec(text.trim())?.[1];
  if (value === undefined) return null;
  // NMMetered: 1 is yes and 3 a guess that says yes; 0 is unknown, 2 and 4 are no.
  return value === '1' || value === '3';
}
