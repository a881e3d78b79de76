import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().int().min(1);
const MEBIBYTE = 1024 * 1024;
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const abuseContact = z.url({
  protocol: /^(mailto|https?)$/,
  error: 'must be an address such as mailto:abuse@example.org, or of a page',
});

/** OpenTelemetry's names for which traces are kept. */
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export type SamplerName = (typeof SAMPLERS)[number];

/** Addresses and networks, such as `127.0.0.1, 10.0.0.0/8`. */
const networks = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every(isNetwork), 'must be addresses or networks, such as 127.0.0.1, 10.0.0.0/8');

/** Origins as browsers name them, such as `https://app.example.org`; or `*` for every one. */
const corsOrigins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (parts) => parts.every(isOrigin),
    'must be origins such as https://app.example.org, without a path, or *',
  );

/** A hundred years: what is added to a date gives a date. */
const MAX_DAYS = 36_500;

/** Every variable that we read ourselves. Exported for the reference and for the files that deploy us. */
export const environmentSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(8321),
  PUBLIC_URL: httpUrl.optional(),
  INSTASHARE_DATA_DIR: z.string().min(1).default('.instashare'),
  DATABASE_URL: postgresUrl,
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(12),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
  GCS_BUCKET: z.string().min(3).optional(),
  STORAGE_EMULATOR_HOST: httpUrl.optional(),
  AUTH_SECRET: z.string().min(32, 'must be at least 32 characters long'),
  ACCESS_TOKEN_SECONDS: seconds.default(15 * 60),
  SESSION_DAYS: z.coerce.number().int().min(1).default(90),
  UPLOAD_EXPIRES_SECONDS: seconds.default(24 * 60 * 60),
  DISK_RESERVE_MIB: z.coerce.number().int().min(0).default(1024),
  USER_QUOTA_BYTES: z.coerce.number().int().min(0).optional(),
  AUTH_ATTEMPTS_PER_MINUTE: z.coerce.number().int().min(1).default(30),
  ACCOUNT_ATTEMPTS_PER_MINUTE: z.coerce.number().int().min(1).default(10),
  REGISTRATION: z.enum(['open', 'closed']).default('open'),
  TRUSTED_PROXIES: networks.optional(),
  CORS_ORIGINS: corsOrigins.optional(),
  ABUSE_CONTACT: abuseContact.optional(),
  EVENT_HEARTBEAT_SECONDS: z.coerce.number().int().min(1).max(30).default(20),
  EVENT_STREAMS_PER_USER: z.coerce.number().int().min(1).max(100_000).default(50),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
  COMPRESSION_LEVEL: z.coerce.number().int().min(1).max(19).default(3),
  RAW_OBJECT_GRACE_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .default(15 * 60),
  SWEEP_INTERVAL_SECONDS: seconds.default(30),
  WEBHOOK_ALLOWED_NETWORKS: networks.optional(),
  TRASH_DAYS: z.coerce.number().int().min(0).max(MAX_DAYS).default(30),
  VERSIONS_KEPT: z.coerce.number().int().min(1).max(1_000_000).default(20),
  VERSIONS_KEPT_DAYS: z.coerce.number().int().min(0).max(MAX_DAYS).default(30),
  CHANGES_DAYS: z.coerce.number().int().min(1).max(MAX_DAYS).default(30),
  AUDIT_DAYS: z.coerce.number().int().min(1).max(MAX_DAYS).default(180),
  API_METRICS_PORT: port.optional(),
  WORKER_METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_SDK_DISABLED: z.enum(['true', 'false']).default('false'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  INSTASHARE_SUPERVISED: z.enum(['0', '1']).default('0'),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  /** What clients are told, without a slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly database: { readonly url: string; readonly poolSize: number };
  /** null: the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  /** null: objects are on disk. */
  readonly gcs: {
    readonly bucket: string;
    /** null: Google's own, with credentials from Google's usual variables. */
    readonly emulatorUrl: string | null;
  } | null;
  readonly authSecret: string;
  readonly accessTokenSeconds: number;
  readonly sessionDays: number;
  readonly uploadExpiresSeconds: number;
  /** Uploads to disk leave so much of it free. */
  readonly diskReserveBytes: number;
  /** What a new account may hold; null: no limit. */
  readonly userQuotaBytes: number | null;
  /** From one address; of one account. */
  readonly authAttemptsPerMinute: number;
  readonly accountAttemptsPerMinute: number;
  /** Whose word is taken for the address of a client; null: nobody's. */
  readonly trustedProxies: readonly string[] | null;
  /** False: accounts are made by who runs the server alone. */
  readonly isRegistrationOpen: boolean;
  /** Whose pages in a browser may use the api; empty: only its own. */
  readonly corsOrigins: readonly string[];
  /** Where whoever was sent a share link reports what it leads to; null: its page does not say. */
  readonly abuseContact: string | null;
  readonly events: {
    /** How often a stream shows that it lives, and asks whether its log-in does. */
    readonly heartbeatSeconds: number;
    /** In one process. */
    readonly streamsPerUser: number;
  };
  readonly worker: {
    readonly concurrency: number;
    readonly compressionLevel: number;
    readonly rawObjectGraceSeconds: number;
    readonly sweepIntervalSeconds: number;
    /** Addresses that webhooks may lead to although they are not public. */
    readonly webhookNetworks: readonly string[];
  };
  readonly retention: {
    /** How long a deleted file can be restored. */
    readonly trashDays: number;
    /** Newest versions of a file that stay whatever their age. */
    readonly versionsKept: number;
    /** Younger versions stay however many there are. */
    readonly versionsKeptDays: number;
    /** How long the audit trail of an account goes back. */
    readonly auditDays: number;
    /** How long a reader of the changes may stay away and go on where it was. */
    readonly changesDays: number;
  };
  /** Where a process answers `/healthz`, `/readyz` and `/metrics`, beside its work; a port of null: nowhere. */
  readonly monitoring: {
    readonly host: string;
    readonly apiPort: number | null;
    readonly workerPort: number | null;
    /** Who reads the figures bears it; null: whoever reaches the port may. */
    readonly token: string | null;
  };
  /** null: no traces. Where to is read from the environment by OpenTelemetry itself. */
  readonly tracing: { readonly sampler: SamplerName; readonly ratio: number } | null;
  readonly logLevel: string;
  /** A supervisor started this process and stops it in its own order. */
  readonly supervised: boolean;
}

/** Lists every fault of the environment, one a line, by variable. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n  ${faults.join('\n  ')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the configuration from `environment`; an empty variable counts as not set. Throws {@link ConfigError}. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const env = parseEnvironment(environment);
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://${urlHost(env.HOST)}:${env.PORT}`).replace(/\/+$/, ''),
    dataDir: resolve(env.INSTASHARE_DATA_DIR),
    database: { url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE },
    redisUrl: env.REDIS_URL ?? null,
    gcs:
      env.GCS_BUCKET === undefined
        ? null
        : { bucket: env.GCS_BUCKET, emulatorUrl: env.STORAGE_EMULATOR_HOST?.replace(/\/+$/, '') ?? null },
    authSecret: env.AUTH_SECRET,
    accessTokenSeconds: env.ACCESS_TOKEN_SECONDS,
    sessionDays: env.SESSION_DAYS,
    uploadExpiresSeconds: env.UPLOAD_EXPIRES_SECONDS,
    diskReserveBytes: env.DISK_RESERVE_MIB * MEBIBYTE,
    userQuotaBytes: env.USER_QUOTA_BYTES ?? null,
    authAttemptsPerMinute: env.AUTH_ATTEMPTS_PER_MINUTE,
    events: { heartbeatSeconds: env.EVENT_HEARTBEAT_SECONDS, streamsPerUser: env.EVENT_STREAMS_PER_USER },
    accountAttemptsPerMinute: env.ACCOUNT_ATTEMPTS_PER_MINUTE,
    isRegistrationOpen: env.REGISTRATION === 'open',
    trustedProxies: env.TRUSTED_PROXIES ?? null,
    corsOrigins: env.CORS_ORIGINS ?? [],
    abuseContact: env.ABUSE_CONTACT ?? null,
    worker: {
      concurrency: env.WORKER_CONCURRENCY,
      compressionLevel: env.COMPRESSION_LEVEL,
      rawObjectGraceSeconds: env.RAW_OBJECT_GRACE_SECONDS,
      sweepIntervalSeconds: env.SWEEP_INTERVAL_SECONDS,
      webhookNetworks: env.WEBHOOK_ALLOWED_NETWORKS ?? [],
    },
    retention: toRetention(env),
    monitoring: toMonitoring(env),
    tracing: toTracing(env),
    logLevel: env.LOG_LEVEL,
    supervised: env.INSTASHARE_SUPERVISED === '1',
  });
}

function parseEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map(({ path, message, code }) => {
      const name = path.join('.');
      return code === 'invalid_type' && given[name] === undefined
        ? `${name} is not set ("npm start" sets it)`
        : `${name} ${message}`;
    }),
  );
}

const toRetention = (env: z.infer<typeof environmentSchema>): Config['retention'] => ({
  trashDays: env.TRASH_DAYS,
  versionsKept: env.VERSIONS_KEPT,
  versionsKeptDays: env.VERSIONS_KEPT_DAYS,
  changesDays: env.CHANGES_DAYS,
  auditDays: env.AUDIT_DAYS,
});

const toMonitoring = (env: z.infer<typeof environmentSchema>): Config['monitoring'] => ({
  host: env.METRICS_HOST,
  apiPort: env.API_METRICS_PORT ?? null,
  workerPort: env.WORKER_METRICS_PORT ?? null,
  token: env.METRICS_TOKEN ?? null,
});

function toTracing(env: z.infer<typeof environmentSchema>): Config['tracing'] {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined || env.OTEL_SDK_DISABLED === 'true') return null;
  return { sampler: env.OTEL_TRACES_SAMPLER, ratio: env.OTEL_TRACES_SAMPLER_ARG };
}

function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= longest);
}

const isOrigin = (text: string): boolean =>
  text === '*' || (/^https?:\/\//.test(text) && URL.parse(text)?.origin === text);

/** An address that listens everywhere is no address to call; an IPv6 one stands in brackets in a URL. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
