import { z } from 'zod';

export const syncedFolderSchema = z.object({
  /** Absolute. */
  path: z.string().min(1),
  /** Folder on the server that its files go into. */
  prefix: z.string().min(1),
  /** What in it is never uploaded, by its path below the folder: what a person has ignored as a problem. */
  ignored: z.array(z.string().min(1)).default([]),
});
export type SyncedFolder = z.infer<typeof syncedFolderSchema>;

/** An account, as a server knows it: the same address may be another one's later. */
export const ownerSchema = z.object({ server: z.string(), userId: z.string() });
export type Owner = z.infer<typeof ownerSchema>;

export const isSameOwner = (one: Owner | null, other: Owner | null): boolean =>
  one !== null && other !== null && one.server === other.server && one.userId === other.userId;

/** As .gitignore has them, one a line. */
const MAX_IGNORE_LENGTH = 20_000;

/** By the clock on the wall: `HH:MM`. */
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A part of the day; one that ends before it begins goes over midnight. */
export const hoursSchema = z
  .object({ from: timeSchema, to: timeSchema })
  .refine(({ from, to }) => from !== to, 'begins when it ends');
export type UploadHours = z.infer<typeof hoursSchema>;

/** Less than this is hardly ever meant, and a folder would never be through. */
export const LEAST_BYTES_PER_SECOND = 10_000;
const speedSchema = z.number().int().min(LEAST_BYTES_PER_SECOND).nullable();

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
  /** Looks for newer versions of the app by itself. */
  updatesItself: z.boolean().catch(true),
  deviceName: z.string().catch(''),
  /** null: as fast as it goes. */
  uploadBytesPerSecond: speedSchema.catch(null),
  /** When uploads are wanted; null: always. */
  hours: hoursSchema.nullable().catch(null),
  pausesOnBattery: z.boolean().catch(false),
  pausesOnMetered: z.boolean().catch(false),
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
    updatesItself: z.boolean(),
    deviceName: z.string().trim().min(1).max(200),
    uploadBytesPerSecond: speedSchema,
    hours: hoursSchema.nullable(),
    pausesOnBattery: z.boolean(),
    pausesOnMetered: z.boolean(),
  })
  .partial();
