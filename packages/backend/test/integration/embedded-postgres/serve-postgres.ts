/**
 * Starts a data folder's PostgreSQL (or, without a folder, a temporary one) as `npm start` does, and runs until
 * it is told to end by SIGTERM, or killed. Prints the server's address when it is ready.
 */
import { startEmbeddedPostgres, startTemporaryPostgres } from '@instashare/backend/database/embedded';

const [dataDir] = process.argv.slice(2);
process.on('SIGINT', () => {});
const server = await (dataDir === undefined ? startTemporaryPostgres() : startEmbeddedPostgres({ dataDir }));
process.stdout.write(`${server.databaseUrl}\n`);
process.once('SIGTERM', () => void server[Symbol.asyncDispose]());
