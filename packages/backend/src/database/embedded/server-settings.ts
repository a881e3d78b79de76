export interface ServerSettings {
  readonly port: number;
  /** False gives up safety against a loss of power for speed: only for a cluster that nobody keeps. */
  readonly durable: boolean;
}

/**
 * The server's settings, for a small machine that also has other things to do. They stand on its command line
 * and so hold for a cluster of any age.
 */
export function serverArguments({ port, durable }: ServerSettings): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // A socket's path may not be longer than 107 bytes, and a data folder's may.
    unix_socket_directories: '',
    max_connections: durable ? '100' : '200',
    shared_buffers: durable ? '64MB' : '128MB',
    effective_cache_size: '512MB',
    maintenance_work_mem: '64MB',
    min_wal_size: '80MB',
    max_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Statements and details carry what users sent us: the log names the error alone.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
