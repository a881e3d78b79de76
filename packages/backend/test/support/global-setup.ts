/**
 * Runs once around all integration tests: brings up one real PostgreSQL (or takes the one that
 * TEST_DATABASE_URL names, whose role must be allowed to make databases), migrates a template for the tests'
 * databases, and afterwards fails the run if a test left a database, a file or a process behind.
 */
import { randomBytes } from 'node:crypto';
import { migrate } from '@instashare/backend/database';
import { startTemporaryPostgres } from '@instashare/backend/database/embedded';
import type { TestProject } from 'vitest/node';
import {
  markProcesses,
  type RemoveLeftovers,
  removeLeftoverDatabases,
  useOwnTemporaryFolder,
} from './leftovers.ts';
import { databaseUrl, onServer, type TestServer } from './test-server.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using started = new AsyncDisposableStack();
  const url = process.env['TEST_DATABASE_URL'] ?? started.use(await startTemporaryPostgres()).databaseUrl;
  const server = await createTemplate(url);
  const checks: RemoveLeftovers[] = [() => removeLeftoverDatabases(server)];
  started.defer(() => complainAboutLeftovers(checks));
  await migrate(databaseUrl(server, server.template));
  // The test workers get these by their environment; the server above must not.
  checks.push(await useOwnTemporaryFolder(), markProcesses());
  project.provide('testServer', server);

  const stack = started.move();
  return () => stack.disposeAsync();
}

async function createTemplate(url: string): Promise<TestServer> {
  const prefix = `test_${randomBytes(4).toString('hex')}_`;
  const template = `${prefix}template`;
  await onServer(url, (client) => client.query(`CREATE DATABASE ${template} TEMPLATE template0`));
  return { url, prefix, template };
}

async function complainAboutLeftovers(checks: readonly RemoveLeftovers[]): Promise<void> {
  const left: string[] = [];
  // The processes first: they may still write files and use databases.
  for (const removeLeftovers of checks.toReversed()) left.push(...(await removeLeftovers()));
  if (left.length > 0) throw new Error(`The tests left things behind:\n  ${left.join('\n  ')}`);
}
