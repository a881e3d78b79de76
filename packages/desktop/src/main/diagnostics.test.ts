import { expect, test } from 'vitest';
import { SIGNED_OUT_STATE } from '../shared/app-state.ts';
import { settingsSchema } from '../shared/settings.ts';
import { describeForDiagnostics } from './diagnostics.ts';

test('nothing private is in the diagnostics', () => {
  const report = describeForDiagnostics({
    version: '0.1.0',
    system: 'linux',
    versions: {},
    hasKeychain: true,
    settings: settingsSchema.parse({
      server: 'https://secret.example',
      deviceName: 'secret laptop',
      ignoreRules: 'secret/',
      folders: [{ path: '/home/ada/secret', prefix: 'secret' }],
    }),
    state: {
      ...SIGNED_OUT_STATE,
      account: { email: 'secret@example.org', userId: 'u', server: 'https://secret.example' },
      waitingFor: "Can't reach https://secret.example",
      folders: [
        {
          path: '/secret',
          prefix: 'secret',
          phase: 'failed',
          files: 3,
          sizeBytes: 9,
          heldDeletions: 0,
          failure: '/secret',
        },
      ],
      problems: [
        { folder: '/secret', transferId: null, localPath: 'secret.txt', message: 'secret.txt', advice: null },
      ],
      problemCount: 1,
    },
  });
  expect(JSON.stringify(report)).not.toContain('secret');
  expect(report).toMatchObject({ state: { problemCount: 1, folders: [{ files: 3, hasFailed: true }] } });
});
