export const EXIT_OK = 0;
/** It could not be done, or not all of it. */
export const EXIT_FAILED = 1;
/** The command line makes no sense. */
export const EXIT_USAGE = 2;
/** Stopped by Ctrl-C before it was done: 128 and the number of SIGINT, as shells have it. */
export const EXIT_INTERRUPTED = 130;
