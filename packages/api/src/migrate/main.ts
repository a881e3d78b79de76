/**
 * Brings the database that `DATABASE_URL` names up to this version, and ends: for where api and worker are started by
 * something else than `npm start`, which does this itself. Several at once take turns.
 */
import { ConfigError, loadConfig, unsetEmpty } from '@instashare/backend/config';
import { migrate } from '@instashare/backend/database';
import { createLog } from '@instashare/backend/log';

async function main(): Promise<void> {
  unsetEmpty(process.env);
  const config = loadConfig(process.env);
  const log = createLog({ name: 'migrate', level: config.logLevel });
  await migrate(config.database.url, {
    onBlocked: (error) => log.warn({ err: error }, 'tables are in use, the migration tries again'),
  });
  log.info('the database is up to date');
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`The database cannot be brought up to date: ${text}\n`);
  process.exit(1);
});
