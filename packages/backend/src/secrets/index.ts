/** Comparing what somebody sent with what only we, or those whom we told, can know. */
export { isSameSecret } from './is-same-secret.ts';
