import { z } from 'zod';

/**
 * What a personal access token may be used for: `read` lists and downloads, `write` uploads, moves and deletes,
 * `share` makes share links. None includes another, and account matters need a log-in.
 */
export const scopeSchema = z.enum(['read', 'write', 'share']);
export type Scope = z.infer<typeof scopeSchema>;
