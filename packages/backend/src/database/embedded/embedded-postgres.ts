/** A PostgreSQL server that runs until it is disposed, or until this process ends, however it ends. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** Contains the password. Its role owns the database and is no superuser. */
  readonly databaseUrl: string;
  /** Resolves when the server is gone, whoever ended it. Never rejects. */
  readonly exited: Promise<void>;
  /** Ends the server without waiting for anything; its next start replays its log. Loses no commit. */
  stopNow(): Promise<void>;
}
