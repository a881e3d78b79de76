import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bodyOf, newKey } from '../../storage/driver-world.ts';
import { openEmulatorWorld, openGcsWorld } from '../../storage/gcs-world.ts';
import { describeObjectStore } from '../../storage/object-store-suite.ts';
import { startGcsServer } from '../../support/gcs-server/start-gcs-server.ts';

describeObjectStore('gcs', openGcsWorld);

test('an emulator, which knows no key of ours, is spoken to as the suite does below', async () => {
  await using server = await startGcsServer({ isEmulator: true });
  await using world = await openEmulatorWorld(server.url);
  const [key, bytes] = [newKey(), randomBytes(1000)];
  await world.store.put(key, bodyOf(bytes));
  const url = await world.store.signedReadUrl(key, { expiresAt: new Date(Date.now() + 60_000) });
  expect(await world.readSigned(url)).toEqual({ status: 200, bytes });
});

const emulatorUrl = process.env['TEST_GCS_EMULATOR_HOST'] ?? '';

describe.skipIf(emulatorUrl === '')('gcs on an emulator (skipped without TEST_GCS_EMULATOR_HOST)', () => {
  describeObjectStore('gcs on an emulator', () => openEmulatorWorld(emulatorUrl));
});
