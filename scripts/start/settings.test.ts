import { expect, test } from 'vitest';
import { localUrl, readSettings } from './settings.ts';

test('needs nothing to be set', () => {
  expect(readSettings({}, '/checkout')).toEqual({
    dataDir: '/checkout/.instashare',
    host: '127.0.0.1',
    port: 8321,
    databaseUrl: null,
    authSecret: null,
  });
});

test('reads a relative data folder from where npm was called, not from where npm goes', () => {
  const environment = { npm_lifecycle_event: 'start', INIT_CWD: '/home/ada', INSTASHARE_DATA_DIR: 'files' };
  expect(readSettings(environment, '/checkout').dataDir).toBe('/home/ada/files');
});

test('finds every fault of the configuration before anything starts', () => {
  const read = () => readSettings({ PORT: 'http', LOG_LEVEL: 'loud', AUTH_SECRET: 'short' }, '/checkout');
  expect(read).toThrow(/(?=[^]*PORT)(?=[^]*LOG_LEVEL)(?=[^]*AUTH_SECRET)/);
});

test('names an address that can be called, whatever the api listens on', () => {
  expect(localUrl('127.0.0.1', 8321)).toBe('http://127.0.0.1:8321');
  expect(localUrl('0.0.0.0', 80)).toBe('http://127.0.0.1:80');
  expect(localUrl('::', 80)).toBe('http://[::1]:80');
});
