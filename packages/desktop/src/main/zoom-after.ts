/** What is pressed, as Electron tells it. */
export interface Pressed {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
}

/** 58 % to 249 %, each step a fifth more. */
const LEAST_LEVEL = -3;
const MOST_LEVEL = 5;

const STEPS: ReadonlyMap<string, number> = new Map([
  ['+', 1],
  ['=', 1],
  ['-', -1],
  ['_', -1],
]);

/** How large the page is after a key, in Electron's levels; null for a key that has nothing to do with it. */
export function zoomAfter(level: number, { type, key, control, meta, alt }: Pressed): number | null {
  if (type !== 'keyDown' || control === meta || alt) return null;
  if (key === '0') return 0;
  const step = STEPS.get(key);
  return step === undefined ? null : Math.max(LEAST_LEVEL, Math.min(MOST_LEVEL, level + step));
}
