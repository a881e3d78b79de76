import { setTimeout as delay } from 'node:timers/promises';
import { isInstashareError } from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import type { Connection } from '../connect.ts';
import type { CommandContext } from '../context.ts';

const AGAIN_AFTER_MS = 5_000;

/**
 * Who uploads. With a token only the server knows; one who watches waits for it as it does later on, since the two may
 * start together. null when it is told to stop meanwhile.
 */
export async function findUser(
  { output, signal }: CommandContext,
  connection: Connection,
  isPatient: boolean,
): Promise<User | null> {
  let told = '';
  while (!signal.aborted) {
    try {
      return await connection.user();
    } catch (error) {
      if (signal.aborted) break;
      if (!isPatient || !isInstashareError(error, 'network', 'unavailable')) throw error;
      if (error.message !== told) output.note(`Waiting: ${error.message}`);
      told = error.message;
    }
    await delay(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}
