import { describeServer, isInstashareError, normalizeServerUrl } from '@instashare/client/node';
import { z } from 'zod';
import { messageOf } from '../shared/app-failure.ts';
import type { ServerCheck } from '../shared/engine-procedures.ts';
import { withScheme } from '../shared/server-address.ts';
import type { FindProxy } from './find-proxy.ts';

const TIMEOUT_MS = 5_000;
const descriptionSchema = z.object({
  info: z.object({ title: z.literal('Instashare'), version: z.string() }),
});

/** Whether an Instashare server answers at an address, and which. */
export async function checkServer(address: string, findProxy: FindProxy): Promise<ServerCheck> {
  let url: string;
  try {
    url = normalizeServerUrl(withScheme(address.trim()));
  } catch (error) {
    if (!isInstashareError(error)) throw error;
    return { state: 'invalid', message: 'This is no address: type one such as https://files.example.org' };
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let answer: unknown;
  try {
    answer = await describeServer(url, { proxy: await findProxy(url), signal });
  } catch (error) {
    const message = signal.aborted ? `Nothing answers at ${url} within 5 seconds` : messageOf(error);
    return { state: 'unreachable', message };
  }
  const description = descriptionSchema.safeParse(answer);
  if (!description.success)
    return { state: 'other', message: `Something answers at ${url}, but it is no Instashare server` };
  return { state: 'ok', url, version: description.data.info.version };
}
