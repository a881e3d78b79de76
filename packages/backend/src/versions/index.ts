/**
 * How content becomes a version of a file: the transactions in which an upload is linked to its file. Shared by
 * the api, where somebody completes the upload, and the worker's sweep, where nobody did. Knows the database,
 * and no store.
 */
export { type BookedUpload, bookUpload } from './book-upload.ts';
export {
  type LinkDependencies,
  type LinkedVersion,
  linkVersions,
  type NewContent,
} from './link-versions.ts';
