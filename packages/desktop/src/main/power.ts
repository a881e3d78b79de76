import { powerMonitor } from 'electron';

export interface Power {
  /** False where the system does not tell. */
  readonly isOnBattery: boolean;
}

export interface PowerListener {
  /** After sleep nothing is as it was: connections are dead and changes were missed. */
  readonly onResume: () => void;
  readonly onBattery: () => void;
}

export function followPower({ onResume, onBattery }: PowerListener): Power {
  let isOnBattery = powerMonitor.isOnBatteryPower();
  const note = (isOn: boolean) => () => {
    isOnBattery = isOn;
    onBattery();
  };
  powerMonitor.on('resume', onResume);
  powerMonitor.on('on-battery', note(true));
  powerMonitor.on('on-ac', note(false));
  return {
    get isOnBattery() {
      return isOnBattery;
    },
  };
}
