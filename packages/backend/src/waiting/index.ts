/** How long something is waited for. Knows nothing of what it is. */
export { orTimeOut } from './or-time-out.ts';
export { unlessAborted } from './unless-aborted.ts';
