import { z } from 'zod';

/** How it stands with a newer version of the app. */
export const updateStateSchema = z.discriminatedUnion('state', [
  /** This app does not come from an installed package that can be replaced. */
  z.object({ state: z.literal('impossible') }),
  z.object({
    state: z.literal('idle'),
    /** When it was last found to be the newest; null before the first look. */
    checkedAtMs: z.number().nullable(),
  }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('loading'), version: z.string(), percent: z.number() }),
  z.object({
    state: z.literal('ready'),
    version: z.string(),
    /** Quitting is enough; else somebody must ask for it, since the system wants a password. */
    isInstalledOnQuit: z.boolean(),
  }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;
