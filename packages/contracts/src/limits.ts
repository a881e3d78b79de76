/** One part of a path, in bytes of UTF-8: what the common file systems allow for a name. */
export const MAX_PATH_PART_BYTES = 255;
/** A whole path, in bytes of UTF-8. */
export const MAX_PATH_BYTES = 1024;
/** 5 TiB, the largest object Google Cloud Storage holds; far below 2^53, so a JSON number carries it. */
export const MAX_FILE_BYTES = 5 * 1024 ** 4;
/** Every chunk of a resumable upload but the last is a multiple of this (the protocol's own rule). */
export const CHUNK_GRANULARITY_BYTES = 256 * 1024;
export const MIN_PASSWORD_LENGTH = 10;
/** argon2 reads the whole password: without a bound a log-in would be a way to burn our CPU. */
export const MAX_PASSWORD_LENGTH = 256;
/** Ten guesses a minute are let through: so many characters are not found by trying, even when they are digits. */
export const MIN_SHARE_PASSWORD_LENGTH = 8;
/** Personal access tokens that an account may have at once. */
export const MAX_TOKENS_PER_ACCOUNT = 100;
/** Share links that an account may have at once. */
export const MAX_SHARES_PER_ACCOUNT = 10_000;
/** Webhooks that an account may have at once. */
export const MAX_WEBHOOKS_PER_ACCOUNT = 20;
export const MAX_WEBHOOK_URL_LENGTH = 2048;
export const DEFAULT_PAGE_SIZE = 100;
export const MAX_PAGE_SIZE = 1000;
/** How long `GET /changes` may wait for a change: less than the minute after which proxies often give up. */
export const MAX_WAIT_SECONDS = 55;
export const DEFAULT_WAIT_SECONDS = 25;
/** Blobs that one compression job may carry, so that thousands of small files do not cost a job each. */
export const MAX_BLOBS_PER_JOB = 1000;
/** A file of up to this size may go in a bundle: above it, a request of its own costs little beside its bytes. */
export const MAX_BUNDLED_FILE_BYTES = 1024 * 1024;
/** Content of one bundle: as much as one compression job takes in hand. */
export const MAX_BUNDLE_BYTES = 8 * 1024 * 1024;
export const MAX_BUNDLE_FILES = 1000;
/** The manifest of a bundle, with the longest paths there can be. */
export const MAX_BUNDLE_MANIFEST_BYTES = 2 * 1024 * 1024;
/** Files that one request moves or deletes: one transaction, and a body that a request may have. */
export const MAX_BATCH_FILES = 1000;
/** Calls that one tRPC batch may carry: each of them may be a page of a thousand rows, or a password to hash. */
export const MAX_BATCH_CALLS = 32;
/** Files in one `POST /upload_files`. */
export const MAX_MULTIPART_FILES = 1000;
