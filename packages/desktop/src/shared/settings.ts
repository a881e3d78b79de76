import { z } from 'zod';

export const syncedFolderSchema = z.object({
  /** Absolute. */
  path: z.string().min(1),
  /** Folder on the server that its files go into. */
  prefix: z.string().min(1),
});
export type SyncedFolder = z.infer<typeof syncedFolderSchema>;

/** An account, as a server knows it: the same address may be another one's later. */
export const ownerSchema = z.object({ server: z.string(), userId: z.string() });
export type Owner = z.infer<typeof ownerSchema>;

export const isSameOwner = (one: Owner | null, other: Owner | null): boolean =>
  one !== null && other !== null && one.server === other.server && one.userId === other.userId;

/** As .gitignore has them, one a line. */
const MAX_IGNORE_LENGTH = 20_000;

/** What a person chooses; kept from one start to the next. A field that is missing or makes no sense has its default. */
export const settingsSchema = z.object({
  /** Whose first run is finished: the folders go to that account, and to no other that logs in here. */
  owner: ownerSchema.nullable().catch(null),
  server: z.string().nullable().catch(null),
  folders: z.array(syncedFolderSchema).catch([]),
  ignoreRules: z.string().max(MAX_IGNORE_LENGTH).catch(''),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  notifies: z.boolean().catch(true),
  startsAtLogin: z.boolean().catch(false),
  deviceName: z.string().catch(''),
  /** When a pause of an hour ends; null when there is none. */
  pausedUntilMs: z.number().nullable().catch(null),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What the window may change by itself: folders are chosen in the system's own dialog. */
export const settingsPatchSchema = z
  .object({
    ignoreRules: z.string().max(MAX_IGNORE_LENGTH),
    theme: z.enum(['system', 'light', 'dark']),
    notifies: z.boolean(),
    startsAtLogin: z.boolean(),
    deviceName: z.string().trim().min(1).max(200),
  })
  .partial();
