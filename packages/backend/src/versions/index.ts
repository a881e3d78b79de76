/**
 * How content becomes a version of a file: the transactions in which an upload is linked to its file. Shared by
 * the api, where somebody completes the upload, and the worker's sweep, where nobody did. Of the store it only asks
 * whether content is there; content that is not is marked as failed.
 */
export { type BookedUpload, bookUpload } from './book-upload.ts';
export { failContent, OBJECT_IS_MISSING } from './fail-content.ts';
export {
  type LinkDependencies,
  type LinkedVersion,
  linkVersions,
  type NewContent,
} from './link-versions.ts';
export {
  type LinkingDependencies,
  linkingTransaction,
  type PlacedBlob,
  requireSeen,
} from './lost-content.ts';
export { createSeenObjects, type SeenObjects } from './seen-objects.ts';
export { tellOwners } from './tell-owners.ts';
