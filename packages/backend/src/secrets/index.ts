/** What somebody sends that only we, or those whom we told, can know: how it is compared, and what is kept of it. */
export { isSameSecret } from './is-same-secret.ts';
export { sha256OfShareToken } from './share-token.ts';
