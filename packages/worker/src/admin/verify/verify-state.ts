import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AdminError } from '../admin-error.ts';

const stateSchema = z.object({
  instanceId: z.string(),
  since: z.string().nullable(),
  afterId: z.string().nullable(),
  checked: z.number().int(),
  checkedBytes: z.number(),
  damaged: z.number().int(),
});

/** How far a verification has come, and what it has found so far. */
export type VerifyState = z.infer<typeof stateSchema>;

/** Where it is kept; a file of null: nowhere, and it always begins anew. */
export function createStateFile(file: string | null) {
  return {
    /** What was kept, if it belongs to this instance and this choice; `begin` when there is none. */
    async load(begin: VerifyState): Promise<VerifyState> {
      const content = file === null ? null : await readOrNull(file);
      if (content === null) return begin;
      const kept = stateSchema.safeParse(parseOrNull(content)).data;
      if (kept === undefined)
        throw new AdminError(`${file} is no state of a verification: name another --state.`);
      if (kept.instanceId !== begin.instanceId || kept.since !== begin.since) {
        throw new AdminError(
          `${file} is of another server or another --since: remove it, or name another --state.`,
        );
      }
      return kept;
    },
    /** Whole or not at all. */
    async save(state: VerifyState): Promise<void> {
      if (file === null) return;
      await writeFile(`${file}.new`, JSON.stringify(state), { flush: true });
      await rename(`${file}.new`, file);
    },
    /** It came to its end: the next one begins anew. */
    async clear(): Promise<void> {
      if (file !== null) await rm(file, { force: true });
    },
  };
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
