/** The state database. A new version is a new entry at the end; entries that have shipped are never changed. */
export const SCHEMA_VERSIONS: readonly string[] = [
  `
  CREATE TABLE known_files (
    path TEXT PRIMARY KEY,
    local_path TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    ino INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    file_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    recorded_at_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX known_files_size ON known_files (size_bytes) WHERE size_bytes > 1048576;
  CREATE TABLE open_uploads (
    path TEXT PRIMARY KEY,
    upload_id TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    ino INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  // No row: not paused.
  `
  CREATE TABLE paused (since_ms INTEGER NOT NULL);
  `,
  // 0: not known. The inode is indexed when it is first asked for.
  `
  ALTER TABLE known_files ADD COLUMN birth_ns INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE root (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ino INTEGER NOT NULL,
    birth_ns INTEGER NOT NULL,
    mounts TEXT NOT NULL,
    is_holding INTEGER NOT NULL
  );
  `,
  // files: JSON, one row for each request.
  `
  CREATE TABLE intents (id INTEGER PRIMARY KEY, files TEXT NOT NULL);
  `,
];
