import { type Logger, type LoggerOptions, pino } from 'pino';

export type Log = Logger;

/**
 * What went wrong, without what it went wrong with: a failed statement carries its parameters, which may be
 * anybody's address or the hash of a password.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = Reflect.get(error, 'code');
  const constraint: unknown = Reflect.get(error, 'constraint');
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {}),
  };
}

/** A logger that writes JSON lines to standard output; to standard error where output is what was asked for. */
export function createLog(options: {
  readonly name: string;
  readonly level: string;
  readonly toStandardError?: boolean;
}): Log {
  const settings: LoggerOptions = {
    name: options.name,
    level: options.level,
    base: { name: options.name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: {
      paths: [
        'headers.authorization',
        'headers.cookie',
        'password',
        'accessToken',
        'refreshToken',
        'url.query',
        '*.password',
      ],
      censor: '[redacted]',
    },
  };
  return options.toStandardError === true
    ? pino(settings, pino.destination({ dest: 2, sync: true }))
    : pino(settings);
}
