/**
 * Brings a database's tables up to date: a process of its own, because what it loads is large and needed once.
 * It loads at once, and goes to work when it is told the database's address over its IPC channel. It answers
 * with what went wrong, or with an empty text.
 */
import { describe } from './start-error.ts';

const loading = import('@instashare/backend/database');
// Told when it is used.
loading.catch(() => {});

process.once('message', (databaseUrl) => {
  void migrateTo(String(databaseUrl)).then((fault) => process.send?.(fault, () => process.disconnect()));
});

async function migrateTo(databaseUrl: string): Promise<string> {
  try {
    const { migrate } = await loading;
    await migrate(databaseUrl);
    return '';
  } catch (error) {
    return describe(error);
  }
}
