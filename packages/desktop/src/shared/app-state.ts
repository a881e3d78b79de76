import { z } from 'zod';

/** How it stands as a whole, for the tray and the head of the window. */
export const healthSchema = z.enum([
  'signed_out',
  'up_to_date',
  'scanning',
  'uploading',
  'waiting',
  'offline',
  'paused',
  'attention',
]);
export type Health = z.infer<typeof healthSchema>;

const phaseSchema = z.enum(['scanning', 'uploading', 'waiting', 'paused', 'up_to_date', 'failed']);

export const folderStateSchema = z.object({
  /** Absolute, of this machine. */
  path: z.string(),
  /** What it is on the server. */
  prefix: z.string(),
  phase: phaseSchema,
  files: z.number(),
  sizeBytes: z.number(),
  /** Files that are gone here and stay on the server until somebody says that it is meant. */
  heldDeletions: z.number(),
  /** Why it is not synced at all; null when it is. */
  failure: z.string().nullable(),
});
export type FolderState = z.infer<typeof folderStateSchema>;

export const transferSchema = z.object({
  id: z.string(),
  kind: z.enum(['upload', 'download']),
  path: z.string(),
  sizeBytes: z.number(),
  doneBytes: z.number(),
  bytesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  /** Somebody waits for it, to open it. */
  isAwaited: z.boolean(),
});
export type Transfer = z.infer<typeof transferSchema>;

export const activitySchema = z.object({
  id: z.number(),
  kind: z.enum(['stored', 'moved', 'deleted', 'kept', 'downloaded', 'uploaded', 'failed']),
  path: z.string(),
  /** What else there is to say: where it was, or why it failed. */
  detail: z.string().nullable(),
  atMs: z.number(),
});
export type Activity = z.infer<typeof activitySchema>;

export const problemSchema = z.object({
  /** '' where it is in none: what was dropped, or a download. */
  folder: z.string(),
  /** Below the folder; '' is the folder itself. */
  localPath: z.string(),
  /** What was asked for by hand: it can be tried again, or forgotten. */
  transferId: z.string().nullable(),
  message: z.string(),
  /** What to do about it; null when waiting is enough. */
  advice: z.string().nullable(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Everything the window and the tray show, but for the list of files. It stays small however many files there are. */
export const appStateSchema = z.object({
  account: z.object({ email: z.string(), server: z.string(), userId: z.string() }).nullable(),
  health: healthSchema,
  /** The server refused the log-in that is kept: it must be made again, and nothing is lost meanwhile. */
  needsLogin: z.boolean(),
  /** Somebody has set it up and did not sign out, but the log-in can't be read: nothing is uploaded. */
  needsAccount: z.boolean(),
  /** The part of the app that uploads keeps ending: words for the person; null while it runs. */
  engineFailure: z.string().nullable(),
  waitingFor: z.string().nullable(),
  /** Why nothing is uploaded although it could be. */
  pausedBy: z.enum(['person', 'battery', 'metered', 'hours']).nullable(),
  /** When the hours for uploads begin; null within them. */
  closedUntil: z.iso.datetime().nullable(),
  doneFiles: z.number(),
  totalFiles: z.number(),
  doneBytes: z.number(),
  totalBytes: z.number(),
  bytesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  folders: z.array(folderStateSchema),
  /** Some of them. */
  transfers: z.array(transferSchema),
  transferCount: z.number(),
  /** Of these, downloads: nothing takes them up again after a restart. */
  downloadCount: z.number(),
  /** Something that was dropped is not uploaded yet, or has failed: signing out forgets it. */
  hasDrops: z.boolean(),
  activity: z.array(activitySchema),
  /** Some of them. */
  problems: z.array(problemSchema),
  problemCount: z.number(),
});
export type AppState = z.infer<typeof appStateSchema>;

export const SIGNED_OUT_STATE: AppState = {
  account: null,
  health: 'signed_out',
  needsLogin: false,
  needsAccount: false,
  engineFailure: null,
  waitingFor: null,
  pausedBy: null,
  closedUntil: null,
  doneFiles: 0,
  totalFiles: 0,
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  folders: [],
  transfers: [],
  transferCount: 0,
  downloadCount: 0,
  hasDrops: false,
  activity: [],
  problems: [],
  problemCount: 0,
};
