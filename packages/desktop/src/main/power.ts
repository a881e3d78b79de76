import { powerMonitor } from 'electron';

/** After sleep nothing is as it was: connections are dead and changes were missed. */
export function followPower({ onResume }: { readonly onResume: () => void }): void {
  powerMonitor.on('resume', onResume);
}
