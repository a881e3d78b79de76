import { z } from 'zod';
import { MAX_PATH_BYTES } from './limits.ts';
import { CONTROL_CHARACTER, filePathProblem, utf8ByteLength } from './path-rules.ts';

function pathSchema(problemOf: (path: string) => string | null) {
  return z.string().superRefine((path, context) => {
    const problem = problemOf(path);
    if (problem !== null) context.addIssue({ code: 'custom', message: `path ${problem}` });
  });
}

/** The path of a file. See {@link filePathProblem} for the rules. */
export const filePathSchema = pathSchema(filePathProblem).meta({
  description:
    'Relative path of the file: "/"-separated, Unicode NFC, no empty, "." or ".." part, no control ' +
    'characters, each part at most 255 bytes, the whole at most 1,024 bytes of UTF-8.',
  example: 'photos/2026/beach.jpg',
});

/** A folder to put files into: a path as above with or without one "/" at its end, or empty for the root. */
export const folderPathSchema = pathSchema((path) =>
  path === '' ? null : filePathProblem(path.endsWith('/') ? path.slice(0, -1) : path),
).meta({ description: 'Folder to put the files into; empty for the root.', example: 'photos/2026' });

/** What paths in a listing start with: any text that a path may start with, cut anywhere. */
export const pathPrefixSchema = z
  .string()
  .refine((prefix) => prefix.isWellFormed() && !CONTROL_CHARACTER.test(prefix), {
    message: 'prefix must be valid Unicode without control characters',
  })
  .refine((prefix) => utf8ByteLength(prefix) <= MAX_PATH_BYTES, {
    message: `prefix must be at most ${MAX_PATH_BYTES} bytes of UTF-8`,
  })
  .meta({ description: 'Only files whose path starts with this text.', example: 'photos/' });
