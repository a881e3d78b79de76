import { describe } from 'vitest';
import { openEmulatorWorld, openGcsWorld } from '../../storage/gcs-world.ts';
import { describeObjectStore } from '../../storage/object-store-suite.ts';

describeObjectStore('gcs', openGcsWorld);

const emulatorUrl = process.env['TEST_GCS_EMULATOR_HOST'] ?? '';

describe.skipIf(emulatorUrl === '')('gcs on an emulator (skipped without TEST_GCS_EMULATOR_HOST)', () => {
  describeObjectStore('gcs on an emulator', () => openEmulatorWorld(emulatorUrl));
});
