import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Has V8 collect what is garbage: of all there is, or of what is young. */
export function collectGarbage(options?: { readonly type: 'minor' }): void {
  setFlagsFromString('--expose-gc');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what --expose-gc puts there is V8's, and in no types
  const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;
  collect(options);
}
