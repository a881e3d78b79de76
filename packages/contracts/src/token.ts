import { z } from 'zod';
import { labelSchema } from './account.ts';
import { MAX_TOKENS_PER_ACCOUNT } from './limits.ts';
import { nextCursorSchema, pageInputSchema } from './page.ts';

/**
 * What a personal access token may be used for: `read` lists and downloads, `write` uploads, moves and deletes,
 * `share` makes share links. None includes another, and account matters need a log-in.
 */
export const scopeSchema = z.enum(['read', 'write', 'share']);
export type Scope = z.infer<typeof scopeSchema>;

/** What every personal access token begins with: so it is known for one, by us and by scanners for secrets. */
export const TOKEN_PREFIX = 'isp_';

const scopesSchema = z
  .array(scopeSchema)
  .min(1)
  .max(scopeSchema.options.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'must not name a scope twice')
  .meta({ description: 'What it may be used for; none includes another.', example: ['read', 'write'] });

/** A personal access token as it is listed: never the secret itself. */
export const tokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(scopeSchema),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().meta({ description: 'null: it does not expire.' }),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'Exact to a minute; null: never used.' }),
  })
  .meta({ id: 'PersonalAccessToken' });
export type TokenDto = z.infer<typeof tokenSchema>;

/** When something made now stops; that it lies in the future is for the server's clock to say. */
export const futureSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => Number.isNaN(Date.parse(text)) || Date.parse(text) <= Date.parse('9999-12-31'), {
    message: 'must be before the year 10000',
  });

export const createTokenInputSchema = z.object({
  name: labelSchema.meta({ description: 'What it is for.', example: 'nightly backup' }),
  scopes: scopesSchema,
  expiresAt: futureSchema.optional().meta({ description: 'Until when it works; for ever when left out.' }),
});
export type CreateTokenInput = z.infer<typeof createTokenInputSchema>;

export const createTokenResultSchema = z.object({
  token: z.string().meta({
    example: 'isp_…',
    description: `The secret, beginning with \`${TOKEN_PREFIX}\`: it is told this once. Send it as \`Authorization: Bearer …\`.`,
  }),
  details: tokenSchema,
});
export type CreateTokenResult = z.infer<typeof createTokenResultSchema>;

export const listTokensInputSchema = pageInputSchema();
export const listTokensResultSchema = z.object({
  items: z.array(tokenSchema).meta({ description: `${MAX_TOKENS_PER_ACCOUNT} in all at most.` }),
  nextCursor: nextCursorSchema,
});
export type ListTokensResult = z.infer<typeof listTokensResultSchema>;

export const tokenIdInputSchema = z.object({ id: z.uuid().meta({ description: 'Id of the token.' }) });
export type TokenIdInput = z.infer<typeof tokenIdInputSchema>;
