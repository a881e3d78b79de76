import { z } from 'zod';
import { AppFailure, toFailure } from '../../shared/app-failure.ts';
import { MOST_DROPPED_PATHS } from '../../shared/engine-procedures.ts';
import type { Answer } from '../../shared/procedure.ts';

const pathsSchema = z.array(z.string().min(1)).min(1);

/** Has uploaded what was dropped onto the window, and answers with words for the person where it can't be. */
export async function uploadDropped(
  upload: (paths: readonly string[]) => Promise<void>,
  raw: unknown,
): Promise<Answer> {
  try {
    await upload(checkedUploads(raw));
    return { ok: true, result: undefined };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** What is to be uploaded, as it was dropped or chosen. Throws with words for the person. */
export function checkedUploads(raw: unknown): string[] {
  const { success, data: paths } = pathsSchema.safeParse(raw);
  if (!success) return refuse('Only files and folders of this computer can be uploaded');
  if (paths.length > MOST_DROPPED_PATHS)
    return refuse('That is too much at once: take the folder that it is in');
  return paths;
}

function refuse(message: string): never {
  throw new AppFailure({ code: 'invalid_input', message });
}
