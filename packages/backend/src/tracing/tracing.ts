/** The span of a request. */
export interface RequestSpan {
  /** Does what belongs to the request; what it starts and waits for belongs to it as well. */
  within<Result>(work: () => Result): Result;
  end(request: { readonly method: string; readonly route: string; readonly status: number }): void;
}

export interface JobTracer {
  /** Asks for a job. What `add` is given goes with the job to whoever runs it. */
  enqueue<Result>(job: string, add: (carried: string) => Promise<Result>): Promise<Result>;
  /** Runs a job as a part of the trace in which it was asked for; a job that carries nothing begins one. */
  run<Result>(
    job: string,
    from: { readonly carried: string | undefined; readonly jobId: string; readonly attempt: number },
    work: () => Promise<Result>,
  ): Promise<Result>;
}

/** Tells an OpenTelemetry collector what a process does, and on whose behalf. Nothing of it fails or is waited for. */
export interface Tracing extends AsyncDisposable {
  beginRequest(request: {
    /** Of these `traceparent` says whose trace goes on. */
    readonly headers: Readonly<Record<string, unknown>>;
    readonly id: string;
  }): RequestSpan;
  /** A statement was answered; outside of a request or a job it is not told. */
  readonly queried: (query: { readonly sql: string; readonly ms: number | null }) => void;
  /** A call of the object store has ended; as {@link queried}. */
  readonly stored: { ended(operation: string, seconds: number, failure: string | null): void };
  readonly jobs: JobTracer;
}
