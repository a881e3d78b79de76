import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './load-config.ts';

const required = { DATABASE_URL: 'postgres://localhost/x', AUTH_SECRET: 'x'.repeat(32) };

test('fills in every default from the two variables that have none', () => {
  const config = loadConfig({ ...required, PORT: '' });
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 8321,
    publicUrl: 'http://127.0.0.1:8321',
    redisUrl: null,
    supervised: false,
  });
});

test('tells clients an address they can call, whatever the api listens on', () => {
  const publicUrl = (environment: Record<string, string>) =>
    loadConfig({ ...required, ...environment }).publicUrl;
  expect(publicUrl({ HOST: '0.0.0.0', PORT: '80' })).toBe('http://127.0.0.1:80');
  expect(publicUrl({ HOST: '::1' })).toBe('http://[::1]:8321');
  expect(publicUrl({ PUBLIC_URL: 'https://files.example.org/' })).toBe('https://files.example.org');
});

test('keeps objects on disk unless a bucket is named, and knows an emulator', () => {
  const gcs = (environment: Record<string, string>) => loadConfig({ ...required, ...environment }).gcs;
  expect(gcs({ STORAGE_EMULATOR_HOST: 'http://127.0.0.1:1' })).toBeNull();
  expect(gcs({ GCS_BUCKET: 'mine', STORAGE_EMULATOR_HOST: '' })).toEqual({
    bucket: 'mine',
    emulatorUrl: null,
  });
  expect(gcs({ GCS_BUCKET: 'mine', STORAGE_EMULATOR_HOST: 'http://127.0.0.1:1/' })).toEqual({
    bucket: 'mine',
    emulatorUrl: 'http://127.0.0.1:1',
  });
});

test('takes origins for CORS as browsers send them, and nothing else', () => {
  const origins = (text: string) => loadConfig({ ...required, CORS_ORIGINS: text }).corsOrigins;
  expect(origins('')).toEqual([]);
  expect(origins('https://app.example.org, http://localhost:5173')).toEqual([
    'https://app.example.org',
    'http://localhost:5173',
  ]);
  expect(origins('*')).toEqual(['*']);
  for (const fault of [
    'app.example.org',
    'https://app.example.org/',
    'https://APP.example.org',
    'ftp://x',
    ',',
  ]) {
    expect(() => origins(fault)).toThrow('CORS_ORIGINS must be origins such as');
  }
});

test('takes a mail address or a page for whoever reports a share link, and nothing that runs', () => {
  const contact = (text: string) => loadConfig({ ...required, ABUSE_CONTACT: text }).abuseContact;
  const contacts = ['mailto:abuse@example.org', 'https://example.org/report'];
  expect(['', ...contacts].map(contact)).toEqual([null, ...contacts]);
  for (const fault of ['abuse@example.org', 'javascript:alert(1)'])
    expect(() => contact(fault)).toThrow('ABUSE_CONTACT must be an address such as mailto:');
});

test('a process has no port for its figures unless it is given one', () => {
  const monitoring = (environment: Record<string, string>) =>
    loadConfig({ ...required, ...environment }).monitoring;
  expect(monitoring({})).toEqual({ host: '127.0.0.1', apiPort: null, workerPort: null, token: null });
  expect(
    monitoring({
      METRICS_HOST: '0.0.0.0',
      API_METRICS_PORT: '9464',
      WORKER_METRICS_PORT: '9465',
      METRICS_TOKEN: 'sixteen letters!',
    }),
  ).toEqual({ host: '0.0.0.0', apiPort: 9464, workerPort: 9465, token: 'sixteen letters!' });
  expect(() => monitoring({ METRICS_TOKEN: 'short' })).toThrow(/METRICS_TOKEN must be at least 16 char/);
});

test('there are traces where an endpoint is set, and OpenTelemetry is not switched off', () => {
  const tracing = (environment: Record<string, string>) =>
    loadConfig({ ...required, ...environment }).tracing;
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4318';
  expect(tracing({})).toBeNull();
  expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT })).toEqual({ sampler: 'parentbased_always_on', ratio: 1 });
  expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' })).toBeNull();
  expect(
    tracing({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.org/v1/traces',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    }),
  ).toEqual({ sampler: 'traceidratio', ratio: 0.1 });
  for (const fault of ['127.0.0.1:4318', 'grpc://127.0.0.1:4317'])
    expect(() => tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: fault })).toThrow(
      'OTLP_ENDPOINT must be an http(s) address',
    );
});

test('lists every fault together, each by its variable', () => {
  const faulty = () => loadConfig({ PORT: '99999', REDIS_URL: 'http://x', AUTH_SECRET: 'short' });
  expect(faulty).toThrow(ConfigError);
  expect(faulty).toThrow(
    /faults:\n(?=.*PORT)(?=[^]*REDIS_URL must be a redis)(?=[^]*AUTH_SECRET must)(?=[^]*DATABASE_URL is not set)/,
  );
});
