/** A job at a server, as it is kept from one run of the program to the next. */
export interface MediaJob {
  /** The server's name for it. */
  readonly id: string;
  /** When it was handed in, Unix milliseconds. */
  readonly sinceMs: number;
}

/** Jobs that were handed in and are not fetched yet, by a hash of all that was asked for and of whom. */
export interface MediaJobs {
  find(key: string): Promise<MediaJob | undefined>;
  /** Resolves when it is on the disk. Rejects with `recording-failed`. */
  keep(key: string, job: MediaJob): Promise<void>;
  forget(key: string): Promise<void>;
}
